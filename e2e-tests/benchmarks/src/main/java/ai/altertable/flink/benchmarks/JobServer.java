package ai.altertable.flink.benchmarks;

import ai.altertable.local.AltertableLocal;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Throws away what is uploaded, at full speed or at that of a link, and counts it. Questions about
 * tables are answered by a real lakehouse behind it.
 */
final class JobServer implements AutoCloseable {

    private static final byte[] OK = "{\"ok\": true}".getBytes(StandardCharsets.UTF_8);
    private static final int BUFFER = 256 * 1024;
    private static final double NANOS = 1e9;
    private static final long LONGEST_OVERSLEPT = 20_000_000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final Link link;

    /** Bytes of a second over all connections; 0 is no limit. */
    private static final class Link {
        private final long bytesPerSecond;
        private long freeAt = System.nanoTime();

        Link(long bytesPerSecond) {
            this.bytesPerSecond = bytesPerSecond;
        }

        void carry(int count) {
            if (bytesPerSecond == 0) {
                return;
            }
            long until;
            synchronized (this) {
                // Whoever slept too long may make up for it, or the link would be slower.
                freeAt = Math.max(freeAt, System.nanoTime() - LONGEST_OVERSLEPT);
                freeAt += (long) (count * NANOS / bytesPerSecond);
                until = freeAt;
            }
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(until - System.nanoTime());
            }
        }
    }

    JobServer(AltertableLocal lakehouse, long bytesPerSecond) throws IOException {
        this.link = new Link(bytesPerSecond);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/upload", this::drain);
        server.createContext("/upsert", this::drain);
        server.createContext("/drain", this::drain);
        server.createContext("/", new Forwarding(lakehouse));
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What came in since the last call. */
    long takeBytes() {
        return bytes.getAndSet(0);
    }

    long takeRequests() {
        return requests.getAndSet(0);
    }

    private void drain(HttpExchange exchange) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            int read = body.read(buffer);
            while (read >= 0) {
                bytes.addAndGet(read);
                link.carry(read);
                read = body.read(buffer);
            }
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, OK.length);
            exchange.getResponseBody().write(OK);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
