package ai.altertable.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.local.AltertableLocal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RememberingServerTest {

    private AltertableLocal lakehouse;
    private RememberingServer server;

    @BeforeEach
    void start() throws Exception {
        lakehouse = AltertableLocal.builder().user("flink", "flink").start();
        lakehouse.execute("CREATE TABLE lake.main.t AS SELECT 1 AS n");
        server = new RememberingServer(lakehouse);
    }

    @AfterEach
    void stop() {
        server.close();
        lakehouse.close();
    }

    private String post(String path, String statement) throws Exception {
        String user = Base64.getEncoder().encodeToString("flink:flink".getBytes());
        String body = "{\"statement\": \"%s\", \"query_id\": \"%s\"}";
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Authorization", "Basic " + user)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        body.formatted(statement, UUID.randomUUID())))
                        .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void asksTheLakehouseOnceForEachStatement() throws Exception {
        String first = post("/query", "FROM lake.main.t");
        lakehouse.execute("INSERT INTO lake.main.t VALUES (2)");

        assertThat(post("/query", "FROM lake.main.t")).isEqualTo(first).endsWith("[1]\n");
        assertThat(post("/query", "FROM lake.main.t ORDER BY n")).endsWith("[1]\n[2]\n");
        assertThat(server.forwarded()).isEqualTo(2);
    }

    @Test
    void remembersNothingButResults() throws Exception {
        assertThat(post("/validate", "FROM lake.main.missing")).contains("\"valid\":false");
        lakehouse.execute("CREATE TABLE lake.main.missing (n INTEGER)");

        assertThat(post("/validate", "FROM lake.main.missing")).contains("\"valid\":true");
    }
}
