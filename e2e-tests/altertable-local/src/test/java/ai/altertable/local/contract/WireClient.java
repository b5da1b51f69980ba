package ai.altertable.local.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Speaks the contract over HTTP/1.1, in the form that both generations understand. */
final class WireClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient SHARED = connections();

    private final ContractTarget target;
    private final HttpClient http;

    WireClient(ContractTarget target) {
        this(target, SHARED);
    }

    private WireClient(ContractTarget target, HttpClient http) {
        this.target = target;
        this.http = http;
    }

    /** On connections that no other request uses, for requests after which a server may hang up. */
    WireClient apart() {
        return new WireClient(target, connections());
    }

    private static HttpClient connections() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
    }

    QueryAnswer query(String statement) {
        return query(statement(statement));
    }

    QueryAnswer query(ObjectNode request) {
        return QueryAnswer.of(postJson("/query", request.toString()));
    }

    CompletableFuture<QueryAnswer> queryInBackground(ObjectNode request) {
        HttpRequest post =
                request("/query")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(request.toString()))
                        .build();
        return http.sendAsync(post, BodyHandlers.ofString())
                .thenApply(response -> QueryAnswer.of(answer(response)));
    }

    static ObjectNode statement(String statement) {
        return MAPPER.createObjectNode().put("statement", statement);
    }

    /** CONTRACT §1: one append request that satisfies both generations. */
    Answer upload(String mode, Table table, Payload payload) {
        return send(uploadRequest(mode, table, payload));
    }

    CompletableFuture<Answer> uploadInBackground(String mode, Table table, Payload payload) {
        return http.sendAsync(uploadRequest(mode, table, payload), BodyHandlers.ofString())
                .thenApply(WireClient::answer);
    }

    private HttpRequest uploadRequest(String mode, Table table, Payload payload) {
        return file("/upload", table, payload, "format", payload.format(), "mode", mode)
                .header("Content-Type", "application/octet-stream")
                .build();
    }

    /** By the endpoint of the newest generation that the server speaks. */
    Answer upsert(String primaryKey, Table table, Payload payload, String... more) {
        return target.speaks(Generation.TODAY)
                ? upsertToday(primaryKey, table, payload, more)
                : upsertFirst(primaryKey, table, payload);
    }

    Answer upsertToday(String primaryKey, Table table, Payload payload, String... more) {
        String[] parameters = concat(new String[] {"primary_key", primaryKey}, more);
        return send(
                file("/upsert", table, payload, parameters)
                        .header("Content-Type", "application/octet-stream")
                        .build());
    }

    Answer upsertFirst(String primaryKey, Table table, Payload payload) {
        String[] parameters = {
            "format", payload.format(), "mode", "upsert", "primary_key", primaryKey
        };
        return send(
                file("/upload", table, payload, parameters)
                        .header("Content-Type", "application/octet-stream")
                        .build());
    }

    /** A POST of a file with no Content-Type yet. */
    HttpRequest.Builder file(String path, Table table, Payload payload, String... more) {
        return request(path, concat(names(table), more))
                .POST(BodyPublishers.ofByteArray(payload.bytes()));
    }

    static String[] names(Table table) {
        return new String[] {
            "catalog", table.catalog(), "schema", table.schema(), "table", table.name()
        };
    }

    Answer append(Table table, String json, String... more) {
        return postJson("/append", json, concat(names(table), more));
    }

    Answer get(String path, String... parameters) {
        return send(request(path, parameters).GET().build());
    }

    Answer delete(String path, String... parameters) {
        return send(request(path, parameters).DELETE().build());
    }

    Answer postJson(String path, String json, String... parameters) {
        return send(
                request(path, parameters)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build());
    }

    /** With the credentials of the target; parameters are names and values in turn. */
    HttpRequest.Builder request(String path, String... parameters) {
        return anonymous(path, parameters).header("Authorization", target.authorization());
    }

    HttpRequest.Builder anonymous(String path, String... parameters) {
        StringBuilder uri = new StringBuilder(target.uri() + path);
        for (int i = 0; i < parameters.length; i += 2) {
            uri.append(i == 0 ? '?' : '&').append(encode(parameters[i]));
            uri.append('=').append(encode(parameters[i + 1]));
        }
        return HttpRequest.newBuilder(URI.create(uri.toString())).timeout(TIMEOUT);
    }

    /** CONTRACT §1: parameters are URL-encoded, a space is {@code %20}. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Answer send(HttpRequest request) {
        return answer(exchange(request, BodyHandlers.ofString()));
    }

    /** For tests that look at a body while it arrives. */
    <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri().getPath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    private static String[] concat(String[] first, String[] second) {
        return Stream.of(List.of(first), List.of(second))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }
}
