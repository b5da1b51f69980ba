package ai.altertable.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** A client with the few calls that the tests of this package make. */
public record Http(URI url, String username, String password) {

    public static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public static Http of(AltertableLocal lakehouse) {
        return new Http(lakehouse.url(), lakehouse.username(), lakehouse.password());
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", authorization());
    }

    public String authorization() {
        String token = username + ":" + password;
        return "Basic "
                + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    public HttpResponse<String> post(String path, BodyPublisher body) throws IOException {
        return send(request(path).POST(body).build());
    }

    public HttpResponse<String> upload(String parameters, String body) throws IOException {
        return post("/upload?" + parameters, BodyPublishers.ofString(body));
    }

    public HttpResponse<String> query(String sql) throws IOException {
        return post("/query", BodyPublishers.ofString(statement(Map.of("statement", sql))));
    }

    public static String statement(Map<String, ?> fields) {
        return JSON.valueToTree(fields).toString();
    }

    /** What is at a path; missing where the answer is not 200. */
    public JsonNode get(String path) {
        try {
            HttpResponse<String> answer = send(request(path).GET().build());
            return answer.statusCode() == 200
                    ? JSON.readTree(answer.body())
                    : MissingNode.getInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static HttpResponse<String> send(HttpRequest request) throws IOException {
        return exchange(request, BodyHandlers.ofString());
    }

    public static <T> HttpResponse<T> exchange(
            HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return CLIENT.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
