package ai.altertable.flink.client;

import static ai.altertable.flink.client.TestClients.append;
import static ai.altertable.flink.client.TestClients.failureOf;
import static ai.altertable.flink.client.TestClients.get;
import static ai.altertable.flink.client.TestClients.open;
import static ai.altertable.flink.client.TestClients.to;
import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.Connection;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers and networks that do what they should not. */
class MisbehaviourTest {

    private static final Bytes SMALL = Bytes.rows(10);
    private static final Bytes LARGE = new Bytes(new byte[8 * 1024 * 1024]);
    private static final String OK = "{\"ok\": true}";

    private final Counts counts = new Counts();

    private AltertableException failureOfOneAppend(ScriptedServer server, Payload payload) {
        return failureOfOneAppend(to(server), payload);
    }

    private AltertableException failureOfOneAppend(Connection connection, Payload payload) {
        try (AltertableClient client = open(connection, RetryPolicy.NEVER, counts)) {
            return failureOf(client.upload(append(payload)));
        }
    }

    @Nested
    class CouldTheBodyHaveArrived {

        @Test
        void notWhereNobodyListens() throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            AltertableException e =
                    failureOfOneAppend(
                            to(port, Duration.ofSeconds(5), Duration.ofSeconds(5)), SMALL);

            assertThat(e.outcome()).isEqualTo(Outcome.UNREACHABLE);
            assertThat(e.mayBeApplied()).isFalse();
            assertThat(e).hasMessageContaining("'url'").hasMessageContaining("lake.main.orders");
        }

        @Test
        void notWhereTheNameHasNoAddress() {
            Connection known = to(1, Duration.ofSeconds(20), Duration.ofSeconds(20));
            AltertableException e =
                    failureOfOneAppend(
                            new Connection(
                                    URI.create("http://no-such-host.invalid"),
                                    known.credentials(),
                                    known.connectionTimeout(),
                                    known.requestTimeout(),
                                    "",
                                    ""),
                            SMALL);

            assertThat(e.outcome()).isEqualTo(Outcome.UNREACHABLE);
        }

        @Test
        void notWhereTlsFails() throws IOException {
            try (ScriptedServer server =
                    ScriptedServer.playing(c -> c.send("this is no TLS\r\n\r\n"))) {
                Connection plain = to(server);
                AltertableException e =
                        failureOfOneAppend(
                                new Connection(
                                        URI.create("https://127.0.0.1:" + server.port()),
                                        plain.credentials(),
                                        plain.connectionTimeout(),
                                        plain.requestTimeout(),
                                        "",
                                        ""),
                                SMALL);

                assertThat(e.outcome()).isEqualTo(Outcome.UNREACHABLE);
                assertThat(e).hasMessageContaining("'ssl.ca-certificate'");
            }
        }

        @Test
        void perhapsWhereTheConnectionBreaksWhileTheBodyIsSent() throws IOException {
            try (ScriptedServer server =
                    ScriptedServer.playing(
                            c -> {
                                c.head();
                                c.read(100_000);
                                c.reset();
                            })) {
                AltertableException e = failureOfOneAppend(server, LARGE);

                assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
                assertThat(e.mayBeApplied()).isTrue();
                assertThat(e).hasMessageContaining("may have carried it out");
            }
        }

        @Test
        void perhapsWhereTheConnectionEndsInsteadOfAnAnswer() throws IOException {
            try (ScriptedServer server =
                    ScriptedServer.playing(ScriptedServer.Conversation::request)) {
                assertThat(failureOfOneAppend(server, SMALL).outcome()).isEqualTo(Outcome.UNKNOWN);
                assertThat(counts.bytes).hasValue(SMALL.sizeInBytes());
            }
        }

        @Test
        void perhapsWhereTheAnswerIsCut() throws IOException {
            try (ScriptedServer server =
                    ScriptedServer.playing(
                            c -> {
                                c.request();
                                c.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\"");
                            })) {
                assertThat(failureOfOneAppend(server, SMALL).outcome()).isEqualTo(Outcome.UNKNOWN);
            }
        }

        @Test
        void perhapsWhereThePayloadItselfFails() throws IOException {
            Payload broken =
                    new Payload() {
                        @Override
                        public long sizeInBytes() {
                            return 1000;
                        }

                        @Override
                        public void writeTo(OutputStream out) throws IOException {
                            out.write(new byte[500]);
                            throw new IllegalStateException("released");
                        }
                    };
            try (ScriptedServer server =
                    ScriptedServer.playing(ScriptedServer.Conversation::request)) {
                assertThat(failureOfOneAppend(server, broken).outcome()).isEqualTo(Outcome.UNKNOWN);
            }
        }
    }

    @Nested
    class AnAnswerBeforeTheBodyWasRead {

        @Test
        void countsWhenItCanBeRead() throws IOException {
            try (ScriptedServer server =
                    ScriptedServer.playing(
                            c -> {
                                String head = c.head();
                                c.answer(503, "Retry-After: 1\r\n", "later");
                                c.socket().shutdownOutput();
                                c.body(head);
                            })) {
                AltertableException e = failureOfOneAppend(server, LARGE);

                assertThat(e.outcome()).isEqualTo(Outcome.NOT_NOW);
                assertThat(e.mayBeApplied()).isFalse();
            }
        }

        @Test
        void isUnknownWhenTheConnectionIsResetBehindIt() throws IOException {
            try (ScriptedServer server =
                    ScriptedServer.playing(
                            c -> {
                                c.head();
                                c.answer(503, "", "later");
                                c.reset();
                            })) {
                assertThat(failureOfOneAppend(server, LARGE).outcome())
                        .isIn(Outcome.UNKNOWN, Outcome.NOT_NOW);
            }
        }
    }

    @Nested
    class OkHttpByItself {

        /** It reads the header itself, and fails where it is no int. */
        @ParameterizedTest
        @ValueSource(strings = {"2147483648", "99999999999999999999", "0", "-1", "soon", ""})
        void doesNotComeBetweenAStatusAndItsVerdict(String retryAfter) throws IOException {
            try (ScriptedServer server =
                    ScriptedServer.playing(
                            c -> {
                                c.request();
                                c.answer(503, "retry-after: " + retryAfter + "\r\n", "busy");
                            })) {
                AltertableException e = failureOfOneAppend(server, SMALL);

                assertThat(e.outcome()).isEqualTo(Outcome.NOT_NOW);
                assertThat(e.status()).hasValue(503);
                assertThat(e).hasMessageContaining("busy");
            }
        }

        @ParameterizedTest
        @CsvSource({"503, Retry-After: 0", "408, Retry-After: 0", "421, X: y", "401, X: y"})
        void sendsNothingTwice(int status, String header) throws IOException {
            try (ScriptedServer server =
                    ScriptedServer.playing(
                            c -> {
                                while (true) {
                                    c.request();
                                    c.answer(status, header + "\r\n", "");
                                }
                            })) {
                failureOfOneAppend(server, SMALL);

                assertThat(server.heads()).hasSize(1);
                assertThat(counts.requests).hasValue(1);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void followsNoRedirect(int status) throws IOException {
            try (ScriptedServer server =
                    ScriptedServer.playing(
                            c -> {
                                while (true) {
                                    c.request();
                                    c.answer(status, "Location: /elsewhere\r\n", "");
                                }
                            })) {
                AltertableException e = failureOfOneAppend(server, SMALL);

                assertThat(e.outcome()).isEqualTo(Outcome.MISCONFIGURED);
                assertThat(e).hasMessageContaining("'url'");
                assertThat(server.heads()).hasSize(1);
            }
        }
    }

    @Nested
    class APooledConnection {

        @Test
        void carriesOneRequestAfterTheOther() throws IOException {
            try (ScriptedServer server =
                            ScriptedServer.playing(
                                    c -> {
                                        while (true) {
                                            c.request();
                                            c.answer(200, "", OK);
                                        }
                                    });
                    AltertableClient client = open(to(server), RetryPolicy.NEVER, counts)) {
                for (int i = 0; i < 20; i++) {
                    get(client.upload(append(SMALL)));
                }
                assertThat(server.connections()).isEqualTo(1);
            }
        }

        @Test
        void thatTheServerHasClosedIsNoticedBeforeTheBodyGoesOut() throws Exception {
            List<CompletableFuture<Void>> closed = new ArrayList<>();
            closed.add(new CompletableFuture<>());
            try (ScriptedServer server =
                            ScriptedServer.playing(
                                    c -> {
                                        c.request();
                                        c.answer(200, "", OK);
                                        c.socket().close();
                                        closed.get(0).complete(null);
                                    });
                    AltertableClient client = open(to(server), TestClients.QUICK, counts)) {
                for (int i = 1; i <= 10; i++) {
                    get(client.upload(append(LARGE)));
                    get(closed.get(0));
                    closed.set(0, new CompletableFuture<>());
                    assertThat(server.heads()).hasSize(i);
                }
                assertThat(counts.retries).isNotEmpty().containsOnly(Outcome.UNREACHABLE);
                assertThat(counts.ambiguousRetries).hasValue(0);
            }
        }
    }

    @Nested
    class ASuccessByItsStatus {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"ok\": false}",
                    "{\"ok\": false, \"error_code\": \"E1\"}",
                    "{\"error\": \"no such column\"}",
                    "  {\"rows\": 1, \"error\": {\"message\": \"no\"}}",
                    "{\"ok\": true, \"error\": \"but\"}",
                })
        void isAFailureByItsWords(String body) throws IOException {
            try (ScriptedServer server = answering(200, body)) {
                AltertableException e = failureOfOneAppend(server, SMALL);

                assertThat(e.outcome()).isEqualTo(Outcome.REJECTED);
                assertThat(e.status()).hasValue(200);
            }
        }

        @Test
        void isAConflictByItsWords() throws IOException {
            try (ScriptedServer server = answering(200, "{\"error\": \"Transaction conflict\"}")) {
                assertThat(failureOfOneAppend(server, SMALL).outcome()).isEqualTo(Outcome.CONFLICT);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "OK",
                    "{}",
                    "{\"ok\": true}",
                    "{\"ok\": true, \"error\": null}",
                    "{\"error\": \"\"}",
                    "{\"error\": []}",
                    "{\"data\": {\"error\": \"inside\"}}",
                    "{\"ok\"",
                    "[false]",
                })
        void isASuccessOtherwise(String body) throws IOException {
            for (int status : new int[] {200, 201, 202}) {
                try (ScriptedServer server = answering(status, body);
                        AltertableClient client = open(to(server), RetryPolicy.NEVER, counts)) {
                    get(client.upload(append(SMALL)));
                }
            }
        }
    }

    private static ScriptedServer answering(int status, String body) {
        return ScriptedServer.playing(
                c -> {
                    c.request();
                    c.answer(status, "", body);
                });
    }

    @Test
    void everyAnswerThatIsNoHttpIsUnknown() throws IOException {
        try (ScriptedServer server =
                ScriptedServer.playing(
                        c -> {
                            c.request();
                            c.send("220 mail.example ESMTP\r\n");
                        })) {
            assertThat(failureOfOneAppend(server, SMALL).outcome()).isEqualTo(Outcome.UNKNOWN);
        }
    }

    @Test
    void theServersNamesOfARequestAreInTheMessageAndCannotBreakIt() throws IOException {
        try (ScriptedServer server =
                ScriptedServer.playing(
                        c -> {
                            c.request();
                            c.answer(
                                    400,
                                    "x-request-id: r-1\r\nX-Correlation-Id: c-"
                                            + "2".repeat(500)
                                            + "\r\n",
                                    "{\"message\": \"bad row\", \"error_code\": \"E1\"}");
                        })) {
            AltertableException e = failureOfOneAppend(server, SMALL);

            assertThat(e)
                    .hasMessageContainingAll("bad row; E1", "x-request-id: r-1", "c-222")
                    .hasMessageNotContaining("2".repeat(300));
        }
    }
}
