package ai.altertable.flink.client;

import static ai.altertable.flink.client.TestClients.append;
import static ai.altertable.flink.client.TestClients.await;
import static ai.altertable.flink.client.TestClients.failureOf;
import static ai.altertable.flink.client.TestClients.get;
import static ai.altertable.flink.client.TestClients.open;
import static ai.altertable.flink.client.TestClients.to;
import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.Connection;
import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharingTest {

    private static final Bytes ROWS = Bytes.rows(10);

    private final Counts counts = new Counts();
    private final AtomicInteger open = new AtomicInteger();
    private ScriptedServer server;

    @BeforeEach
    void start() throws Exception {
        // Another test's cancellation may still be on its way.
        await("others have ended", () -> Transport.inUse() == 0 && threads().isEmpty());
        server =
                ScriptedServer.playing(
                        c -> {
                            open.incrementAndGet();
                            try {
                                while (true) {
                                    c.request();
                                    c.answer(200, "", "{\"ok\": true}");
                                }
                            } finally {
                                open.decrementAndGet();
                            }
                        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("altertable-"))
                .toList();
    }

    @Test
    void equalConnectionsShareSocketsAndThreads() throws Exception {
        try (AltertableClient first = open(to(server), RetryPolicy.NEVER, counts);
                AltertableClient second = open(to(server), RetryPolicy.NEVER, counts)) {
            assertThat(Transport.inUse()).isEqualTo(1);
            get(first.upload(append(ROWS)));
            get(second.upload(append(ROWS)));
            assertThat(server.connections()).isEqualTo(1);

            Connection other = to(server.port(), Duration.ofSeconds(1), Duration.ofSeconds(1));
            try (AltertableClient third = open(other, RetryPolicy.NEVER, counts)) {
                get(third.upload(append(ROWS)));
                assertThat(Transport.inUse()).isEqualTo(2);
            }
            assertThat(Transport.inUse()).isEqualTo(1);
        }
        assertThat(Transport.inUse()).isZero();
    }

    @Test
    void theFirstToLeaveDisturbsNobody() throws Exception {
        try (AltertableClient stays = open(to(server), RetryPolicy.NEVER, counts)) {
            AltertableClient leaves = open(to(server), RetryPolicy.NEVER, counts);
            get(leaves.upload(append(ROWS)));
            leaves.close();
            leaves.close();

            get(stays.upload(append(ROWS)));
            assertThat(failureOf(leaves.upload(append(ROWS))).outcome())
                    .isEqualTo(Outcome.CANCELLED);
        }
    }

    @Test
    void theLastToLeaveLeavesNothingBehind() throws Exception {
        for (int round = 0; round < 3; round++) {
            List<AltertableClient> clients = new ArrayList<>();
            List<CompletableFuture<Void>> uploads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                AltertableClient client = open(to(server), RetryPolicy.NEVER, counts);
                clients.add(client);
                uploads.add(client.upload(append(ROWS)));
            }
            uploads.forEach(TestClients::get);
            assertThat(threads()).isNotEmpty();
            assertThat(open).hasPositiveValue();
            clients.forEach(AltertableClient::close);

            await("all threads have ended", () -> threads().isEmpty());
            await("all connections are closed", () -> open.get() == 0);
            assertThat(Transport.inUse()).isZero();
        }
    }

    @Test
    void aStreamThatIsClosedEarlyGivesItsConnectionBack() throws Exception {
        try (ScriptedServer endless =
                ScriptedServer.playing(
                        c -> {
                            c.request();
                            c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                            while (!c.isOver()) {
                                c.chunk("[1]\n");
                            }
                        })) {
            AltertableClient client = open(to(endless), RetryPolicy.NEVER, counts);
            ConnectionPool pool = pool(to(endless));
            QueryStream closed = get(client.query(Query.reading("a test", "SELECT 1")));
            closed.readNBytes(100);
            QueryStream neverRead = get(client.query(Query.reading("a test", "SELECT 1")));
            get(client.query(Query.reading("a test", "SELECT 1")));
            assertThat(pool.connectionCount()).isGreaterThanOrEqualTo(3);
            closed.close();
            neverRead.close();
            client.close();

            await("no connection is left", () -> pool.connectionCount() == 0);
            await("all threads have ended", () -> threads().isEmpty());
        }
    }

    /** A leak is seen nowhere else: the socket is closed, and OkHttp counts it as in use. */
    private static ConnectionPool pool(Connection connection) throws Exception {
        Transport transport = Transport.acquire(connection);
        try {
            Field field = Transport.class.getDeclaredField("http");
            field.setAccessible(true);
            return ((OkHttpClient) field.get(transport)).connectionPool();
        } finally {
            transport.release();
        }
    }

    @Test
    void closingGivesUpWhatRunsAndWaitsForNothing() throws Exception {
        try (ScriptedServer stuck =
                ScriptedServer.playing(
                        c -> {
                            c.request();
                            c.hang();
                        })) {
            AltertableClient client = open(to(stuck), TestClients.QUICK, counts);
            List<CompletableFuture<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(client.upload(append(ROWS)));
                running.add(client.query(Query.reading("a test", "SELECT 1")));
            }
            await("they are on their way", () -> stuck.heads().size() == 8);
            long begin = System.nanoTime();
            client.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(2));

            for (CompletableFuture<?> future : running) {
                assertThat(failureOf(future).outcome()).isEqualTo(Outcome.CANCELLED);
            }
        }
        await("all threads have ended", () -> threads().isEmpty());
    }
}
