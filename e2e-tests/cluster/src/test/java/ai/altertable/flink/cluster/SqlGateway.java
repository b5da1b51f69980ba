package ai.altertable.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A session of Flink's SQL gateway, by its REST API. */
final class SqlGateway implements AutoCloseable {

    private final JsonHttp http;
    private final String session;

    private SqlGateway(JsonHttp http, String session) {
        this.http = http;
        this.session = session;
    }

    static boolean answers(URI gateway) throws InterruptedException {
        return new JsonHttp(gateway).tryGet("/v2/info").isPresent();
    }

    static SqlGateway open(URI gateway, Map<String, String> settings)
            throws IOException, InterruptedException {
        JsonHttp http = new JsonHttp(gateway);
        JsonNode opened = http.post("/v2/sessions", Map.of("properties", settings));
        return new SqlGateway(http, "/v2/sessions/" + opened.path("sessionHandle").asText());
    }

    void set(String key, String value) throws Exception {
        rows("SET '" + key + "' = '" + value + "'");
    }

    /** Submits an INSERT, or several in a statement set; the answer is the job. */
    String submit(String insert) throws Exception {
        return rows(insert).get(0).get(0);
    }

    /** What a statement answers when it has ended, each field as text. */
    List<List<String>> rows(String statement) throws Exception {
        JsonNode operation = http.post(session + "/statements", Map.of("statement", statement));
        String first =
                session
                        + "/operations/"
                        + operation.path("operationHandle").asText()
                        + "/result/0?rowFormat=JSON";
        List<List<String>> rows = new ArrayList<>();
        Page page = new Page(first);
        Await.until("an answer to " + statement, () -> page.turn(rows));
        return rows;
    }

    private final class Page {

        private String path;

        Page(String path) {
            this.path = path;
        }

        /** Whether it was the last one. */
        boolean turn(List<List<String>> rows) throws IOException, InterruptedException {
            JsonNode page = http.get(path);
            for (JsonNode row : page.path("results").path("data")) {
                List<String> fields = new ArrayList<>();
                row.path("fields").forEach(field -> fields.add(field.asText()));
                rows.add(fields);
            }
            path = page.path("nextResultUri").asText(path);
            return page.path("resultType").asText().equals("EOS");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            http.delete(session);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
