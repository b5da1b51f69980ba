package ai.altertable.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Http;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryFormatsITCase {

    private static final String SQL = "SELECT i, i * 2 AS j FROM range(10) t(i) -- comment";

    private AltertableLocal lakehouse;
    private Http http;

    @BeforeEach
    void start() {
        lakehouse = AltertableLocal.start();
        http = Http.of(lakehouse);
    }

    @AfterEach
    void stop() {
        lakehouse.close();
    }

    private HttpResponse<String> query(Map<String, ?> fields) throws IOException {
        return http.post("/query", BodyPublishers.ofString(Http.statement(fields)));
    }

    private HttpResponse<String> file(String sql, String format) throws IOException {
        return query(Map.of("statement", sql, "format", format, "offset", 3, "limit", 2));
    }

    @Test
    void aResultCanBeAFile() throws IOException {
        assertThat(file(SQL, "csv").body()).isEqualTo("i,j\n3,6\n4,8\n");
        assertThat(file(SQL, "jsonl").body()).isEqualTo("{\"i\":3,\"j\":6}\n{\"i\":4,\"j\":8}\n");
        HttpResponse<String> parquet = file(SQL, "parquet");
        assertThat(parquet.body()).startsWith("PAR1").endsWith("PAR1");
        assertThat(parquet.headers().firstValue("content-type")).contains("application/parquet");
        assertThat(file(SQL, "default").body()).endsWith("[3,6]\n[4,8]\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELEC",
                "SELECT nosuch",
                "SELECT 1) TO '/tmp/x' --",
                "SELECT error('no') FROM range(10)",
                "FROM read_csv('/etc/passwd')"
            })
    void aFileThatCannotBeMadeIsRefusedByTheStatus(String sql) throws IOException {
        HttpResponse<String> refused = file(sql, "csv");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).doesNotContain("spool", "COPY");
        assertThat(file(SQL, "xml").statusCode()).isEqualTo(400);
    }

    @Test
    void completesTheLastWord() throws IOException {
        lakehouse.execute("CREATE TABLE selfies (\"select me\" INTEGER)");

        JsonNode answer =
                Http.JSON.readTree(
                        http.post(
                                        "/autocomplete",
                                        BodyPublishers.ofString(
                                                "{\"statement\":\"FROM"
                                                        + " sel\",\"max_suggestions\":3}"))
                                .body());

        assertThat(answer.path("suggestions").findValuesAsText("suggestion"))
                .containsExactly("selfies", "\"select me\"", "SELECT");
        assertThat(answer.at("/suggestions/0/suggestion_start").asInt()).isEqualTo(5);
        assertThat(answer.path("statement").asText()).isEqualTo("FROM sel");
    }
}
