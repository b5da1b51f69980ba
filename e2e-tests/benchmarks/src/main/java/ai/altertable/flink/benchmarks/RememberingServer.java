package ai.altertable.flink.benchmarks;

import ai.altertable.local.AltertableLocal;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server that keeps up with whoever reads: asks a lakehouse for what it has not been asked
 * before, and has the bytes of all other results at hand. So it is one for data that do not change.
 *
 * <p>Also the questions from which splits are planned are remembered: a sample is another one each
 * time, and its splits would be others.
 */
final class RememberingServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Forwarding lakehouse;
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final AtomicLong forwarded = new AtomicLong();

    RememberingServer(AltertableLocal lakehouse) throws IOException {
        this.lakehouse = new Forwarding(lakehouse);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/query", this::query);
        server.createContext("/", this.lakehouse);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Results that the lakehouse gave. */
    long forwarded() {
        return forwarded.get();
    }

    private void query(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            // A cancellation has no body.
            String statement = request.length == 0 ? "" : statement(request);
            byte[] answer = answers.get(statement);
            int status = 200;
            if (answer == null) {
                HttpResponse<byte[]> fresh = lakehouse.ask(exchange, request);
                forwarded.incrementAndGet();
                answer = fresh.body();
                status = fresh.statusCode();
                if (status == 200 && !statement.isEmpty()) {
                    answers.put(statement, answer);
                }
            }
            Forwarding.send(exchange, status, answer);
        }
    }

    private static String statement(byte[] request) throws IOException {
        return JSON.readTree(request).path("statement").asText();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
