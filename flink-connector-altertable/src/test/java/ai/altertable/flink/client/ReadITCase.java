package ai.altertable.flink.client;

import static ai.altertable.flink.client.TestClients.QUICK;
import static ai.altertable.flink.client.TestClients.await;
import static ai.altertable.flink.client.TestClients.failureOf;
import static ai.altertable.flink.client.TestClients.get;
import static ai.altertable.flink.client.TestClients.open;
import static ai.altertable.flink.client.TestClients.to;
import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Arrival;
import ai.altertable.local.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Results that are read as a whole. */
class ReadITCase {

    private static final Query SMALL = Query.reading("range", "SELECT range AS n FROM range(9)");

    /** So much that it is not cut before its beginning was read. */
    private static final Query RANGE =
            Query.reading("range", "SELECT range, repeat('x', 1000) FROM range(25000)");

    /** More than all buffers between here and there hold together. */
    private static final Query LARGE =
            Query.reading("range", "SELECT range, repeat('x', 1000) FROM range(100000000)");

    private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final Counts counts = new Counts();
    private final AtomicInteger calls = new AtomicInteger();

    private static String text(QueryStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** What is wrong with a result, as a decoder says it. */
    private static final class Wrong extends ResultException {
        private static final long serialVersionUID = 1L;

        Wrong(String words, Outcome outcome, Outcome lasting) {
            super(words, outcome, lasting);
        }
    }

    @Nested
    class OfALakehouse {

        /** One for each test: the cancellations of another one would still come in. */
        private AltertableLocal lakehouse;

        private AltertableClient client;

        @BeforeEach
        void begin() {
            lakehouse = AltertableLocal.start();
            client = open(to(lakehouse), QUICK, counts);
        }

        @AfterEach
        void end() {
            client.close();
            lakehouse.close();
        }

        private List<Arrival> cancellations() {
            return lakehouse.arrivals().matching(a -> a.method().equals("DELETE"));
        }

        private List<Arrival> queries() {
            return lakehouse.arrivals().matching(a -> a.path().equals("/query"));
        }

        @Test
        void areReadOnAThreadThatMayBlock() {
            String thread =
                    get(
                            client.read(
                                    SMALL,
                                    stream -> {
                                        text(stream);
                                        return Thread.currentThread().getName();
                                    }));

            assertThat(thread).startsWith("altertable-http");
            assertThat(counts.retries).isEmpty();
            assertThat(cancellations()).isEmpty();
        }

        @Test
        void areReadAnewAfterEveryFailureUnderANewName() throws Exception {
            lakehouse
                    .faults()
                    .add(
                            Fault.status(503).onStatement("range"),
                            Fault.cutResult(20_000).onStatement("range"),
                            Fault.cutResult(10_000).onStatement("range"));
            List<Integer> gathered = new ArrayList<>();

            long lines =
                    get(
                            client.read(
                                    RANGE,
                                    stream -> {
                                        List<String> mine = new ArrayList<>();
                                        gathered.add(calls.incrementAndGet());
                                        text(stream).lines().forEach(mine::add);
                                        return mine.size();
                                    }));

            assertThat(lines).isEqualTo(25_002);
            assertThat(gathered).containsExactly(1, 2, 3);
            assertThat(counts.retries)
                    .containsExactly(Outcome.NOT_NOW, Outcome.UNKNOWN, Outcome.UNKNOWN);
            await("all were handled", () -> queries().size() == 4);
            assertThat(queries().stream().map(a -> a.body().sha256()).distinct())
                    .as("a new query_id and session_id each")
                    .hasSize(4);
        }

        @Test
        void areNotAskedForAgainIfTheStatementHasEffects() {
            lakehouse.execute("CREATE TABLE lake.main.t (id BIGINT)");
            lakehouse.faults().add(Fault.cutResult(0).onStatement("INSERT"));

            AltertableException e =
                    failureOf(
                            client.read(
                                    Query.changing("t", "INSERT INTO lake.main.t VALUES (1)"),
                                    ReadITCase::text));

            assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(e.mayBeApplied()).isTrue();
            assertThat(lakehouse.rows("SELECT count(*) FROM lake.main.t").toString())
                    .isEqualTo("[[1]]");
        }

        @Test
        void areBrokenOffWithTheirQueryWhenTheClientIsClosed() throws Exception {
            CountDownLatch reading = new CountDownLatch(1);
            CompletableFuture<String> result =
                    client.read(
                            LARGE,
                            stream -> {
                                calls.incrementAndGet();
                                stream.readNBytes(1000);
                                reading.countDown();
                                return text(stream);
                            });
            reading.await();
            client.close();

            assertThat(failureOf(result).outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(calls).hasValue(1);
            await("it is cancelled", () -> cancellations().size() == 1);
            await("it has ended", () -> queries().size() == 1);
        }

        @Test
        void mayBeLeftBeforeTheirEnd() throws Exception {
            int first = get(client.read(LARGE, InputStream::read));
            assertThat(first).isEqualTo((int) '{');

            await("it is cancelled", () -> cancellations().size() == 1);
        }

        @Test
        void areNotAskedForAgainWhenTheReaderFails() {
            IOException full = new IOException("No space left on /a/path");
            AltertableException e =
                    failureOf(
                            client.read(
                                    SMALL,
                                    stream -> {
                                        calls.incrementAndGet();
                                        throw full;
                                    }));

            assertThat(e.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(e).hasCause(full).hasMessageNotContaining("/a/path");
            AltertableException bug =
                    failureOf(
                            client.read(
                                    SMALL,
                                    stream -> {
                                        calls.incrementAndGet();
                                        throw new IllegalStateException("a bug");
                                    }));
            assertThat(bug).hasRootCauseMessage("a bug");
            assertThat(calls).hasValue(2);
        }

        @Test
        void areJudgedByTheStreamEvenIfTheReaderHidesItsFailure() {
            lakehouse.faults().add(Fault.cutResult(20_000).onStatement("range"));

            String result =
                    get(
                            client.read(
                                    RANGE,
                                    stream -> {
                                        try {
                                            return text(stream);
                                        } catch (IOException e) {
                                            throw new UncheckedIOException(e);
                                        }
                                    }));

            assertThat(result).endsWith("x\"]\n").contains("[24999,");
            assertThat(counts.retries).containsExactly(Outcome.UNKNOWN);
        }

        @Test
        void areGivenUpWhenTheSameIsWrongThreeTimesInARow() {
            List<String> words = List.of("a", "a", "b", "a", "a", "a");
            AltertableException e =
                    failureOf(
                            client.read(
                                    SMALL,
                                    stream -> {
                                        throw new Wrong(
                                                words.get(calls.getAndIncrement()),
                                                Outcome.UNKNOWN,
                                                Outcome.REJECTED);
                                    }));

            assertThat(e.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(calls).hasValue(6);
            assertThat(e).hasMessageContaining("6 attempts");
        }

        @ParameterizedTest
        @EnumSource(
                value = Outcome.class,
                names = {"REJECTED", "MISCONFIGURED", "TOO_LARGE"})
        void areGivenUpAtOnceAfterAFinalVerdict(Outcome verdict) {
            AltertableException e =
                    failureOf(
                            client.read(
                                    SMALL,
                                    stream -> {
                                        calls.incrementAndGet();
                                        throw new Wrong("wrong", verdict, verdict);
                                    }));

            assertThat(e.outcome()).isEqualTo(verdict);
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void areAskedForAgainWhenTheyFallSilent() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.playing(
                                c -> {
                                    c.request();
                                    c.send(HEAD);
                                    c.chunk("{}\n");
                                    c.hang();
                                },
                                c -> {
                                    c.request();
                                    // A connection that is not used again: the cancellation's.
                                    c.answer(200, "Connection: close\r\n", "{}\n[]\n");
                                });
                AltertableClient client =
                        open(
                                to(server.port(), Duration.ofSeconds(5), Duration.ofMillis(500)),
                                QUICK,
                                counts)) {
            assertThat(get(client.read(SMALL, ReadITCase::text))).isEqualTo("{}\n[]\n");
            assertThat(counts.retries).startsWith(Outcome.UNKNOWN);
        }
    }

    @Test
    void showNoCredentialsAndNameTheRequestWhenTheyAreWrong() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.playing(
                                c -> {
                                    c.request();
                                    c.answer(200, "x-request-id: r-17\r\n", "{}\n[]\n");
                                });
                AltertableClient client = open(to(server), RetryPolicy.NEVER, counts)) {
            AltertableException e =
                    failureOf(
                            client.read(
                                    SMALL,
                                    stream -> {
                                        throw new Wrong(
                                                "he said open-sesame",
                                                Outcome.REJECTED,
                                                Outcome.REJECTED);
                                    }));

            assertThat(e)
                    .hasNoCause()
                    .hasMessageContainingAll("range", "REJECTED", "he said ****", "r-17")
                    .hasMessageNotContaining("open-sesame");
        }
    }
}
