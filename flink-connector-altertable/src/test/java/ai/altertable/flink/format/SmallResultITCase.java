package ai.altertable.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.AltertableException;
import ai.altertable.flink.client.Outcome;
import ai.altertable.flink.client.Query;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Arrival;
import ai.altertable.local.Fault;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results with what can go wrong on their way. */
class SmallResultITCase {

    private static final RowType NUMBER = RowType.of(new BigIntType());
    private static final String RANGE = "SELECT range AS n FROM range(1000)";

    private AltertableLocal lakehouse;
    private AltertableClient client;

    @BeforeEach
    void begin() {
        lakehouse = AltertableLocal.start();
        client = Lakehouses.open(lakehouse);
    }

    @AfterEach
    void end() {
        client.close();
        lakehouse.close();
    }

    private List<RowData> rows(String statement) throws Exception {
        return SmallResult.rows(client, Query.reading("a test", statement), NUMBER)
                .get(60, TimeUnit.SECONDS);
    }

    private void assertWhole() throws Exception {
        assertThat(rows(RANGE).stream().map(row -> row.getLong(0)))
                .containsExactlyElementsOf(LongStream.range(0, 1000).boxed().toList());
    }

    private AltertableException failure(String statement) {
        Throwable thrown = catchThrowable(() -> rows(statement));
        assertThat(thrown.getCause()).isInstanceOf(AltertableException.class);
        return (AltertableException) thrown.getCause();
    }

    private long attempts() {
        List<Arrival> queries = lakehouse.arrivals().matching(a -> a.path().equals("/query"));
        return queries.stream().map(a -> a.body().sha256()).distinct().count();
    }

    private void order(Fault... faults) {
        for (Fault fault : faults) {
            lakehouse.faults().add(fault.onStatement("range"));
        }
    }

    @Test
    void isWhole() throws Exception {
        assertWhole();
    }

    @Test
    void isWholeAfterConnectionsThatBrokeInTheMiddle() throws Exception {
        order(Fault.cutResult(0), Fault.cutResult(500), Fault.cutResult(999));
        assertWhole();
        assertThat(lakehouse.faults().pending()).isEmpty();
    }

    @Test
    void isWholeAfterErrorsThatPassed() throws Exception {
        order(
                Fault.errorLine(500, "Out of memory"),
                Fault.errorLine(10, "Out of memory"),
                Fault.errorLine(0, "Transaction conflict"),
                Fault.status(503),
                Fault.errorLine(1, "Out of memory"));
        assertWhole();
        assertThat(lakehouse.faults().pending()).isEmpty();
    }

    @Test
    void isGivenUpWhenAnErrorDoesNotPass() {
        // Wherever it strikes.
        order(
                Fault.errorLine(500, "Out of memory"),
                Fault.errorLine(10, "Out of memory"),
                Fault.errorLine(70, "Out of memory").forever());

        AltertableException e = failure(RANGE);

        assertThat(e.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(e).hasMessageContainingAll("a test", "Out of memory", "3 attempts");
        assertThat(e).hasCauseInstanceOf(QueryErrorException.class);
    }

    @Test
    void isGivenUpAtOnceWhenAnErrorComesFirst() {
        order(Fault.errorLine(0, "no such thing").forever());

        AltertableException e = failure(RANGE);

        assertThat(e.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(e).hasMessageContaining("no such thing").hasMessageNotContaining("attempts");
    }

    @Test
    void isGivenUpAtOnceWhenARowIsNotWhatWasAskedFor() {
        AltertableException e = failure("SELECT 'secret' AS n");

        assertThat(e.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(e).hasCauseInstanceOf(MalformedRowException.class);
        assertThat(e).hasMessageContaining("Line 3").hasMessageNotContaining("secret");
        assertThat(attempts()).isLessThanOrEqualTo(1);
    }

    @Test
    void quotesNoStatement() {
        AltertableException e = failure("SELECT nothing FROM nowhere WHERE mail = 'b@example.com'");

        assertThat(e.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(e).hasMessageContaining("nowhere").hasMessageNotContaining("example");
        assertThat(e.getCause()).hasMessageNotContaining("example");
    }
}
