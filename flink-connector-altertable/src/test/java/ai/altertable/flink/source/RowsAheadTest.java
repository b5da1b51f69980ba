package ai.altertable.flink.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.format.MalformedRowException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RowsAheadTest {

    private static final RowType TYPE =
            RowType.of(new LogicalType[] {new IntType(), new VarCharType(VarCharType.MAX_LENGTH)});
    private static final int MB = 1024 * 1024;

    private final RowsAhead rows = new RowsAhead(TYPE);

    @AfterEach
    void close() {
        rows.close();
    }

    private static byte[] answer(int count, IntFunction<String> line) {
        StringBuilder answer = new StringBuilder("{}\n[\"f0\",\"f1\"]\n");
        for (int i = 0; i < count; i++) {
            answer.append(line.apply(i)).append('\n');
        }
        return answer.toString().getBytes(UTF_8);
    }

    private static String line(int id, int length) {
        return "[" + id + ",\"" + "x".repeat(length) + "\"]";
    }

    /** Reads what is left and answers how many rows came, which must be numbered from here on. */
    private int readFrom(int expected) throws IOException, InterruptedException {
        int id = expected;
        for (List<RowData> some = rows.next(); some != null; some = rows.next()) {
            for (RowData row : some) {
                assertThat(row.getInt(0)).isEqualTo(id++);
            }
        }
        return id - expected;
    }

    @Test
    void comeInTheirOrderFromOneAnswerAfterTheOther() throws Exception {
        for (int count : new int[] {0, 1, 400_000, 3, 200_000}) {
            rows.start(new ByteArrayInputStream(answer(count, i -> line(i, i % 50))));

            assertThat(readFrom(0)).isEqualTo(count);
        }
    }

    @Test
    void failWhereTheyAreWrongWithTheNumberOfTheLine() throws Exception {
        int wrong = 300_000;
        rows.start(
                new ByteArrayInputStream(
                        answer(wrong + 10, i -> i == wrong ? "[\"\",\"\"]" : line(i, 10))));

        assertThatThrownBy(() -> readFrom(0))
                .isInstanceOfSatisfying(
                        MalformedRowException.class,
                        e -> assertThat(e.line()).isEqualTo(wrong + 3L));
    }

    @Test
    void areNotFarAheadWhenTheyAreLarge() throws Exception {
        byte[] answer = answer(20, i -> line(i, 2 * MB));
        InputStream in = new ByteArrayInputStream(answer);
        rows.start(in);

        List<RowData> first = rows.next();

        assertThat(first).isNotEmpty();
        assertThat(answer.length - in.available()).isLessThan(8 * MB);
        assertThat(readFrom(first.size())).isEqualTo(20 - first.size());
    }

    @Test
    void leaveNoThreadBehind() throws Exception {
        rows.start(new ByteArrayInputStream(answer(100_000, i -> line(i, 10))));
        rows.next();
        List<Thread> helpers =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("altertable-decoder"))
                        .toList();
        assertThat(helpers).isNotEmpty();

        rows.close();

        for (Thread helper : helpers) {
            helper.join();
        }
    }
}
