package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Fault;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a real DuckDB holds, selected as the source does, over real HTTP. */
class RowDecoderITCase {

    private static AltertableLocal lakehouse;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        lakehouse = AltertableLocal.start();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        lakehouse.close();
    }

    private static InputStream query(String statement) throws IOException {
        String user = lakehouse.username() + ":" + lakehouse.password();
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(statement));
        HttpRequest request =
                HttpRequest.newBuilder(lakehouse.url().resolve("/query"))
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"statement\":\"" + quoted + "\"}"))
                        .build();
        try {
            var response = http.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(new String(response.body().readAllBytes(), UTF_8));
            }
            return response.body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<RowData> decode(String flinkType, String statement) throws IOException {
        try (InputStream answer = query(statement)) {
            return Answers.readAll(new RowDecoder(Answers.row(flinkType)).rows(answer));
        }
    }

    @ParameterizedTest
    @FieldSource("ai.altertable.flink.format.DuckDbExtremes#ALL")
    void readsExactlyWhatDuckDbHolds(DuckDbExtremes.Column column) throws IOException {
        lakehouse.execute(
                "CREATE OR REPLACE TABLE lake.main.extremes (id INTEGER, c " + column.type() + ")",
                "SET TimeZone = 'Asia/Kathmandu'");
        for (int i = 0; i < column.literals().size(); i++) {
            lakehouse.execute(
                    "INSERT INTO lake.main.extremes SELECT %d, %s"
                            .formatted(i, column.literals().get(i)));
        }

        List<RowData> rows =
                decode(
                        column.flinkType(),
                        "SELECT %s AS c FROM lake.main.extremes ORDER BY id"
                                .formatted(column.select()));

        RowType type = Answers.row(column.flinkType());
        assertThat(rows)
                .isEqualTo(
                        column.values().stream()
                                .map(value -> Answers.binary(type, GenericRowData.of(value)))
                                .toList());
    }

    @Test
    void readsEveryDigitOfRandomDoubles() throws IOException {
        lakehouse.execute(
                "CREATE OR REPLACE TABLE lake.main.doubles AS SELECT"
                        + " (random() - 0.5) * pow(10, floor(random() * 600) - 300) AS c"
                        + " FROM range(20000)");
        List<Object> expected =
                lakehouse.rows("SELECT c FROM lake.main.doubles ORDER BY rowid").stream()
                        .map(row -> row.get(0))
                        .toList();

        for (String select : List.of("c", "CAST(c AS VARCHAR)")) {
            String statement = "SELECT " + select + " AS c FROM lake.main.doubles ORDER BY rowid";
            assertThat(decode("DOUBLE", statement).stream().map(row -> row.getDouble(0)).toList())
                    .isEqualTo(expected);
        }
    }

    @Test
    void readsEveryDigitOfRandomDecimals() throws IOException {
        lakehouse.execute(
                "CREATE OR REPLACE TABLE lake.main.decimals AS SELECT CAST(hash(i)::VARCHAR"
                        + " || (hash(i + 1) % 100000000)::VARCHAR || '.'"
                        + " || lpad((hash(i + 2) % 10000000000)::VARCHAR, 10, '0')"
                        + " AS DECIMAL(38, 10)) AS c FROM range(5000) r(i)");
        List<Object> expected =
                lakehouse.rows("SELECT c FROM lake.main.decimals ORDER BY rowid").stream()
                        .map(row -> row.get(0))
                        .toList();

        List<RowData> rows =
                decode(
                        "DECIMAL(38, 10)",
                        "SELECT CAST(c AS VARCHAR) AS c FROM lake.main.decimals ORDER BY rowid");

        assertThat(rows).hasSize(5000);
        assertThat(rows.stream().map(row -> row.getDecimal(0, 38, 10).toBigDecimal()).toList())
                .isEqualTo(expected);
    }

    @Test
    void readsEveryCharacterOfUnicode() throws IOException {
        String statement =
                "SELECT string_agg(chr(i::INTEGER), '' ORDER BY i) AS c FROM range(1, 1114112) r(i)"
                        + " WHERE i NOT BETWEEN 55296 AND 57343 GROUP BY i // 1000 ORDER BY min(i)";
        StringBuilder all = new StringBuilder();

        decode("STRING", statement).forEach(row -> all.append(row.getString(0)));

        assertThat(all.codePoints().toArray())
                .isEqualTo(
                        IntStream.range(1, 0x110000)
                                .filter(c -> c < 0xD800 || c > 0xDFFF)
                                .toArray());
    }

    @Test
    void failsWithTheServersWordsWhereTheQueryFails() {
        assertThatThrownBy(
                        () ->
                                decode(
                                        "BIGINT",
                                        "SELECT CASE WHEN i < 50000 THEN i ELSE error('no more')"
                                                + " END AS c FROM range(100000) r(i)"))
                .isInstanceOf(QueryErrorException.class)
                .hasMessageContaining("no more");
    }

    @Test
    void takesNoBrokenConnectionForTheEnd() {
        lakehouse.faults().add(Fault.cutResult(100));
        assertThatThrownBy(() -> decode("BIGINT", "SELECT i AS c FROM range(1000) r(i)"))
                .isInstanceOf(IOException.class);
    }
}
