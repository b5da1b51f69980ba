package ai.altertable.flink.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The two calls of the HTTP API that a first look needs. */
final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;
    private final String authorization;

    Api(URI url, String username, String password) {
        this.url = url;
        String token = username + ":" + password;
        this.authorization =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends a file of JSON lines to a table. */
    void upload(String parameters, String jsonLines) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(
                        post("/upload?" + parameters, jsonLines, "application/octet-stream"),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body().strip());
        }
    }

    /** The lines behind the metadata: the columns, then the rows. */
    List<JsonNode> query(String sql) throws IOException, InterruptedException {
        String body = JSON.writeValueAsString(Map.of("statement", sql));
        HttpResponse<String> answer =
                client.send(post("/query", body, "application/json"), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body().strip());
        }
        List<JsonNode> lines = new ArrayList<>();
        for (String line : answer.body().split("\n")) {
            lines.add(JSON.readTree(line));
        }
        for (JsonNode line : lines.subList(1, lines.size())) {
            if (line.has("error")) {
                throw new IOException(line.get("error").asText());
            }
        }
        return lines.subList(1, lines.size());
    }

    private HttpRequest post(String path, String body, String contentType) {
        return HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", authorization)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
