package ai.altertable.flink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A lakehouse whose rows are objects instead of arrays: one that stands behind this proxy. */
public final class ObjectRows implements AutoCloseable {

    private static final JsonFactory JSON = new JsonFactory();

    private final URI lakehouse;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ObjectRows(URI lakehouse) throws IOException {
        this.lakehouse = lakehouse;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
    }

    public static ObjectRows of(URI lakehouse) throws IOException {
        ObjectRows proxy = new ObjectRows(lakehouse);
        proxy.server.start();
        return proxy;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpResponse<byte[]> answer = client.send(request(exchange), bytes());
            byte[] body = answer.body();
            if (exchange.getRequestURI().getPath().equals("/query") && answer.statusCode() == 200) {
                body =
                        withObjects(new String(body, StandardCharsets.UTF_8))
                                .getBytes(StandardCharsets.UTF_8);
            }
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpResponse.BodyHandler<byte[]> bytes() {
        return HttpResponse.BodyHandlers.ofByteArray();
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        return HttpRequest.newBuilder(lakehouse.resolve(exchange.getRequestURI().toString()))
                .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()))
                .build();
    }

    /** The answer with every row as an object, by the names of its second line. */
    private static String withObjects(String answer) throws IOException {
        StringBuilder lines = new StringBuilder();
        List<String> names = List.of();
        int number = 0;
        for (String line : answer.split("\n")) {
            number++;
            if (number == 2) {
                names = names(line);
            }
            lines.append(number > 2 && line.startsWith("[") ? object(line, names) : line)
                    .append('\n');
        }
        return lines.toString();
    }

    private static List<String> names(String line) throws IOException {
        List<String> names = new ArrayList<>();
        try (JsonParser columns = JSON.createParser(line)) {
            for (JsonToken token = columns.nextToken();
                    token != null;
                    token = columns.nextToken()) {
                if (token == JsonToken.FIELD_NAME && columns.currentName().equals("name")) {
                    names.add(columns.nextTextValue());
                }
            }
        }
        return names;
    }

    private static String object(String line, List<String> names) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonParser row = JSON.createParser(line);
                JsonGenerator object = JSON.createGenerator(text)) {
            row.nextToken();
            object.writeStartObject();
            for (String name : names) {
                row.nextToken();
                object.writeFieldName(name);
                object.copyCurrentStructure(row);
            }
            object.writeEndObject();
        }
        return text.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
