package ai.altertable.flink.client;

import static ai.altertable.flink.client.TestClients.append;
import static ai.altertable.flink.client.TestClients.failureOf;
import static ai.altertable.flink.client.TestClients.get;
import static ai.altertable.flink.client.TestClients.open;
import static ai.altertable.flink.client.TestClients.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.Connection;
import ai.altertable.flink.client.ScriptedServer.Script;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TimeoutsTest {

    /** Long enough for a busy machine to send a request in. */
    private static final Duration SHORT = Duration.ofMillis(1500);

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Query QUERY = Query.reading("lake.main.orders", "SELECT 1");

    private static final Script SILENT =
            c -> {
                c.request();
                c.hang();
            };
    private static final Script HALF_A_HEAD =
            c -> {
                c.request();
                c.send("HTTP/1.1 200 OK\r\nContent-Le");
                c.hang();
            };
    private static final Script DRIPPING_HEAD =
            c -> {
                c.request();
                c.send("HTTP/1.1 200 OK\r\nX-Drip: ");
                drip(c);
            };
    private static final Script DRIPPING_BODY =
            c -> {
                c.request();
                c.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
                drip(c);
            };
    private static final Script NEVER_READING = c -> c.hang();

    private final Counts counts = new Counts();

    private static void drip(ScriptedServer.Conversation c)
            throws IOException, InterruptedException {
        while (!c.isOver()) {
            c.send("x");
            Thread.sleep(20);
        }
    }

    private AltertableClient client(ScriptedServer server) {
        return open(to(server.port(), LONG, SHORT), RetryPolicy.NEVER, counts);
    }

    private void expectNoAnswerToAnUpload(Script script) throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(script);
                AltertableClient client = client(server)) {
            AltertableException e =
                    failureOf(client.upload(append(new Bytes(new byte[16 * 1024 * 1024]))));

            assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(e).hasMessageContaining("no answer within 1500 ms");
        }
    }

    @Test
    void limitAnUploadThatIsNeverAnswered() throws IOException {
        expectNoAnswerToAnUpload(SILENT);
    }

    @Test
    void limitAnUploadThatIsNeverRead() throws IOException {
        expectNoAnswerToAnUpload(NEVER_READING);
    }

    @Test
    void limitAnUploadWhoseAnswerBreaksOff() throws IOException {
        expectNoAnswerToAnUpload(HALF_A_HEAD);
    }

    @Test
    void limitAnUploadWhoseAnswerDrips() throws IOException {
        expectNoAnswerToAnUpload(DRIPPING_HEAD);
        expectNoAnswerToAnUpload(DRIPPING_BODY);
    }

    @Test
    void leaveAStatusAsItIsWhoseWordsDrip() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.playing(
                                c -> {
                                    c.request();
                                    c.send("HTTP/1.1 400 X\r\nContent-Length: 99999\r\n\r\n");
                                    drip(c);
                                });
                AltertableClient client = client(server)) {
            assertThat(failureOf(client.upload(append(Bytes.rows(1)))).outcome())
                    .isEqualTo(Outcome.REJECTED);
        }
    }

    private void expectNoHeadOfAResult(Script script) throws IOException {
        try (ScriptedServer server = ScriptedServer.playing(script);
                AltertableClient client = client(server)) {
            assertThat(failureOf(client.query(QUERY)).outcome()).isEqualTo(Outcome.UNKNOWN);
        }
    }

    @Test
    void limitTheWaitForTheHeadOfAResult() throws IOException {
        expectNoHeadOfAResult(SILENT);
        expectNoHeadOfAResult(HALF_A_HEAD);
        expectNoHeadOfAResult(DRIPPING_HEAD);
    }

    @Test
    void limitASilenceInAResult() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.playing(
                                c -> {
                                    c.request();
                                    c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                                    c.chunk("{}\n");
                                    c.hang();
                                });
                AltertableClient client = client(server);
                QueryStream stream = get(client.query(QUERY))) {
            assertThat(stream.readNBytes(3)).asString().isEqualTo("{}\n");
            assertThatThrownBy(stream::read)
                    .isInstanceOfSatisfying(
                            AltertableException.class,
                            e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN))
                    .hasMessageContaining("'request.timeout'");
        }
    }

    @Test
    void doNotLimitAResultThatGoesOn() throws IOException {
        Duration limit = Duration.ofSeconds(2);
        try (ScriptedServer server =
                        ScriptedServer.playing(
                                c -> {
                                    c.request();
                                    c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                                    for (int i = 0; i < 25; i++) {
                                        c.chunk("[" + i % 10 + "]\n");
                                        // The server's pace, far below the limit.
                                        Thread.sleep(100);
                                    }
                                    c.chunk("");
                                });
                AltertableClient client =
                        open(to(server.port(), LONG, limit), RetryPolicy.NEVER, counts);
                QueryStream stream = get(client.query(QUERY))) {
            long begin = System.nanoTime();

            assertThat(stream.readAllBytes()).hasSize(100);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(limit);
        }
    }

    @Test
    void limitTheWayToAConnection() throws IOException {
        // TCP is up with the kernel's help; then nobody speaks TLS.
        try (ScriptedServer server = ScriptedServer.playing(NEVER_READING)) {
            Connection plain = to(server.port(), SHORT, LONG);
            Connection tls =
                    new Connection(
                            URI.create("https://127.0.0.1:" + server.port()),
                            plain.credentials(),
                            SHORT,
                            LONG,
                            "",
                            "");
            try (AltertableClient client = open(tls, RetryPolicy.NEVER, counts)) {
                AltertableException e = failureOf(client.upload(append(Bytes.rows(1))));

                assertThat(e.outcome()).isEqualTo(Outcome.UNREACHABLE);
                assertThat(e).hasMessageContaining("no connection within 1500 ms");
            }
        }
    }
}
