package ai.altertable.flink.benchmarks;

import ai.altertable.local.AltertableLocal;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Has a lakehouse answer. */
final class Forwarding implements HttpHandler {

    private static final String[] HEADERS = {"Authorization", "Content-Type"};

    private static final int PIECE = 64 * 1024;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI lakehouse;

    Forwarding(AltertableLocal lakehouse) {
        this.lakehouse = lakehouse.url();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpResponse<byte[]> answer = ask(exchange, exchange.getRequestBody().readAllBytes());
            send(exchange, answer.statusCode(), answer.body());
        }
    }

    HttpResponse<byte[]> ask(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(lakehouse.resolve(exchange.getRequestURI().toString()))
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : HEADERS) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("ended while the lakehouse answered", e);
        }
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        // -1 says that there is no body; 0 would say that its length is not known.
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        OutputStream out = exchange.getResponseBody();
        // In pieces, for the server copies each twice: once more through the main memory if large.
        for (int at = 0; at < body.length; at += PIECE) {
            out.write(body, at, Math.min(PIECE, body.length - at));
        }
    }
}
