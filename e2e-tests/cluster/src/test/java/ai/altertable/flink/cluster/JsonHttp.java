package ai.altertable.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** JSON over HTTP, as the REST APIs of Flink and its SQL gateway have it. */
final class JsonHttp {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final int LONGEST_REASON = 4_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final String[] headers;

    /**
     * @param headers names and values, for each request
     */
    JsonHttp(URI base, String... headers) {
        this.base = base;
        this.headers = headers;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** What is there, or nothing while nobody answers. */
    Optional<JsonNode> tryGet(String path) throws InterruptedException {
        try {
            return Optional.of(get(path));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    JsonNode delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofMinutes(2));
        return headers.length == 0 ? request : request.headers(headers);
    }

    JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return JSON.readTree(text(request));
    }

    /** The body of an answer that is no failure. */
    String text(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest sent = request.build();
        HttpResponse<String> answer = http.send(sent, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    sent.method()
                            + " "
                            + sent.uri()
                            + " answered "
                            + answer.statusCode()
                            + ": "
                            + reason(answer.body()));
        }
        return answer.body();
    }

    /** Of a stack trace of Flink's, what went wrong and not where. */
    private static String reason(String body) {
        String causes =
                Arrays.stream(body.split("\\\\n|\n"))
                        .filter(line -> !line.startsWith("\\t") && !line.startsWith("\t"))
                        .collect(Collectors.joining("\n"));
        return causes.length() > LONGEST_REASON
                ? causes.substring(causes.length() - LONGEST_REASON)
                : causes;
    }
}
