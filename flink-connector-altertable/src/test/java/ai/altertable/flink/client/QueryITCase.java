package ai.altertable.flink.client;

import static ai.altertable.flink.client.TestClients.QUICK;
import static ai.altertable.flink.client.TestClients.await;
import static ai.altertable.flink.client.TestClients.failureOf;
import static ai.altertable.flink.client.TestClients.get;
import static ai.altertable.flink.client.TestClients.open;
import static ai.altertable.flink.client.TestClients.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.Connection;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Api;
import ai.altertable.local.Arrival;
import ai.altertable.local.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryITCase {

    /** More than all buffers between here and there hold together. */
    private static final Query LARGE =
            Query.reading("range", "SELECT range, repeat('x', 1000) FROM range(100000000)");

    private final Counts counts = new Counts();

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

    private static Query reading(String statement) {
        return Query.reading("a test", statement);
    }

    private static List<String> lines(QueryStream stream) throws IOException {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private List<Arrival> cancellations() {
        return lakehouse.arrivals().matching(a -> a.method().equals("DELETE"));
    }

    private List<Arrival> queries() {
        return lakehouse.arrivals().matching(a -> a.path().equals("/query"));
    }

    /** What the server says about a query: how it ended. */
    private String state(UUID queryId) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(lakehouse.url().resolve("/query/" + queryId))
                        .header("Authorization", to(lakehouse).credentials().authorizationHeader())
                        .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void streamsTheLinesOfEveryGeneration(Api api) throws IOException {
        try (AltertableLocal server = AltertableLocal.builder().api(api).start();
                AltertableClient any = open(to(server, api), RetryPolicy.NEVER, counts)) {
            List<String> lines = lines(get(any.query(reading("SELECT range AS n FROM range(3)"))));

            assertThat(lines).hasSize(5);
            assertThat(lines.subList(2, 5)).containsExactly("[0]", "[1]", "[2]");
        }
    }

    @Test
    void sendsWhatTheContractSays() throws Exception {
        Connection sized = withComputeSize("XS");
        try (AltertableClient small = open(sized, RetryPolicy.NEVER, counts)) {
            String statement = "SELECT '\"quoted\" \\ 🚀\n'";
            lines(get(small.query(reading(statement))));
            lines(get(client.query(reading(statement))));

            await("both were handled", () -> queries().size() == 2);
            Arrival arrival = queries().get(0);
            assertThat(arrival.path()).isEqualTo("/query");
            assertThat(arrival.parameters()).isEmpty();
            assertThat(arrival.headers().get("content-type")).startsWith("application/json");
            assertThat(arrival.body().statement()).isEqualTo(statement);
        }
    }

    @Test
    void namesComputeSizeOnlyWhenItIsSetAndNeverACatalog() throws IOException {
        String[] bodies = new String[2];
        for (int i = 0; i < 2; i++) {
            int number = i;
            try (ScriptedServer server =
                    ScriptedServer.playing(
                            c -> {
                                bodies[number] = new String(c.request(), StandardCharsets.UTF_8);
                                c.answer(200, "", "{}\n[]\n");
                            })) {
                Connection plain = to(server);
                Connection connection =
                        new Connection(
                                plain.url(),
                                plain.credentials(),
                                plain.connectionTimeout(),
                                plain.requestTimeout(),
                                i == 0 ? "" : "XS",
                                "");
                try (AltertableClient any = open(connection, RetryPolicy.NEVER, counts)) {
                    lines(get(any.query(reading("SELECT 1"))));
                }
            }
        }
        String uuid = "\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"";
        String common =
                "\\{\"statement\":\"SELECT 1\",\"query_id\":" + uuid + ",\"session_id\":" + uuid;
        assertThat(bodies[0]).matches(common + "\\}");
        assertThat(bodies[1]).matches(common + ",\"compute_size\":\"XS\"\\}");
    }

    private Connection withComputeSize(String size) {
        Connection plain = to(lakehouse);
        return new Connection(
                plain.url(),
                plain.credentials(),
                plain.connectionTimeout(),
                plain.requestTimeout(),
                size,
                "");
    }

    @Test
    void isRetriedUntilItsAnswerBeginsEachTimeUnderANewName() throws Exception {
        for (Fault fault : List.of(Fault.status(503), Fault.breakBefore(), Fault.status(500))) {
            lakehouse.faults().add(fault.onStatement("SELECT 42"));
        }

        QueryStream stream = get(client.query(reading("SELECT 42")));
        assertThat(lines(stream)).endsWith("[42]");

        // Two of them may still run, as far as one knows here: they are cancelled.
        await("all were handled", () -> queries().size() == 4 && cancellations().size() == 2);
        assertThat(queries().stream().map(a -> a.body().sha256()).distinct())
                .as("a new query_id and session_id each")
                .hasSize(4);
        assertThat(counts.ambiguousRetries).hasValue(0);
    }

    @Test
    void thatChangesSomethingIsNotSentAgainWhenItsFateIsUnknown() {
        lakehouse.execute("CREATE OR REPLACE TABLE lake.main.t (id BIGINT)");
        lakehouse.faults().add(Fault.status(503), Fault.breakAfter());

        AltertableException e =
                failureOf(
                        client.query(
                                Query.changing(
                                        "lake.main.t", "INSERT INTO lake.main.t VALUES (1)")));

        assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(e).hasMessageContaining("lake.main.t").hasMessageNotContaining("INSERT");
        assertThat(lakehouse.rows("SELECT count(*) FROM lake.main.t").toString())
                .isEqualTo("[[1]]");
    }

    @Test
    void thatTheFirstGenerationRefusesIsRejectedWithoutItsStatement() {
        try (AltertableLocal first = AltertableLocal.builder().api(Api.FIRST).start();
                AltertableClient any = open(to(first, Api.FIRST), QUICK, counts)) {
            AltertableException e =
                    failureOf(any.query(reading("SELECT nothing FROM nowhere -- secret 4711")));

            assertThat(e.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(e).hasMessageContaining("nowhere").hasMessageNotContaining("4711");
        }
    }

    @Test
    void isAFailureWhenItsResultIsCut() throws IOException {
        lakehouse.faults().add(Fault.cutResult(3));

        try (QueryStream stream = get(client.query(reading("SELECT * FROM range(1000)")))) {
            assertThatThrownBy(stream::readAllBytes)
                    .isInstanceOfSatisfying(
                            AltertableException.class,
                            e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN))
                    .hasMessageContaining("a test");
            assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
            })
    void isRefusedWhenTheEndOfItsResultCouldNotBeProven(String head) throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.playing(
                                c -> {
                                    c.request();
                                    c.send(head + "{}\n[]\n[1]\n");
                                });
                AltertableClient any = open(to(server), RetryPolicy.NEVER, counts)) {
            AltertableException e = failureOf(any.query(reading("SELECT 1")));

            assertThat(e.outcome()).isEqualTo(Outcome.MISCONFIGURED);
            assertThat(e).hasMessageContainingAll("proxy", "'url'");
        }
    }

    @Test
    void handsOverErrorLinesAsTheyAre() throws IOException {
        lakehouse.faults().add(Fault.errorLine(2, "Out of memory"));

        assertThat(lines(get(client.query(reading("SELECT * FROM range(1000)")))))
                .hasSize(5)
                .endsWith("{\"error\":\"Out of memory\"}");
    }

    @Test
    void isCancelledByName() throws Exception {
        UUID unknown = UUID.randomUUID();
        assertThat(get(client.cancel(unknown, unknown))).isFalse();

        try (QueryStream stream = get(client.query(LARGE))) {
            stream.readNBytes(1000);
            String session =
                    state(stream.queryId()).replaceAll(".*\"session_id\":\"([^\"]+)\".*", "$1");

            assertThat(get(client.cancel(stream.queryId(), UUID.fromString(session)))).isTrue();
            // The server has waited for this reader; now it finds out.
            String rest = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(rest.lines().reduce((a, b) -> b).orElseThrow()).contains("INTERRUPT");
            assertThat(state(stream.queryId())).doesNotContain("\"end_time\":null");
        }
    }

    @Test
    void isCancelledWhenItsStreamIsClosedEarly() throws Exception {
        QueryStream stream = get(client.query(LARGE));
        stream.readNBytes(1000);
        stream.close();
        stream.close();

        await("it is cancelled", () -> !cancellations().isEmpty());
        await("it has ended", () -> !state(stream.queryId()).contains("\"end_time\":null"));
        assertThat(cancellations()).hasSize(1);
        assertThat(cancellations().get(0).path()).isEqualTo("/query/" + stream.queryId());
        assertThat(cancellations().get(0).parameters()).containsOnlyKeys("session_id");
        assertThatThrownBy(stream::read).hasMessageContaining("closed");
    }

    @Test
    void isCancelledWhenItsClientIsClosed() throws Exception {
        QueryStream stream = get(client.query(LARGE));
        stream.readNBytes(1000);
        client.close();

        await("it is cancelled", () -> !cancellations().isEmpty());
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
    }

    @Test
    void isCancelledWhenItsClientIsClosedBeforeItsAnswerBegins() throws Exception {
        lakehouse.faults().add(Fault.delay(Duration.ofSeconds(5)));
        CompletableFuture<QueryStream> query = client.query(reading("SELECT 1"));
        await("the request is on its way", () -> counts.bytes.get() > 0);
        client.close();

        assertThat(failureOf(query).outcome()).isEqualTo(Outcome.CANCELLED);
        await("it is cancelled", () -> !cancellations().isEmpty());
    }

    @Test
    void isNotCancelledAfterItsEnd() throws Exception {
        lines(get(client.query(reading("SELECT 1"))));
        get(client.validate("a test", "SELECT 1"));

        assertThat(cancellations()).isEmpty();
    }

    @Test
    void breaksOffAReaderThatBlocks() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.playing(
                                c -> {
                                    c.request();
                                    c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                                    c.hang();
                                });
                AltertableClient any = open(to(server), RetryPolicy.NEVER, counts)) {
            QueryStream stream = get(any.query(reading("SELECT 1")));
            CompletableFuture<Integer> read =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return stream.read();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            stream.close();

            assertThatThrownBy(() -> get(read)).hasMessageContaining("closed");
        }
    }

    @Test
    void letsTheServerWaitForASlowReader() throws Exception {
        AtomicLong sent = new AtomicLong();
        String chunk = "[\"" + "x".repeat(65_000) + "\"]\n";
        try (ScriptedServer server =
                        ScriptedServer.playing(
                                c -> {
                                    c.request();
                                    c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                                    for (int i = 0; i < 4096; i++) {
                                        c.chunk(chunk);
                                        sent.addAndGet(chunk.length());
                                    }
                                });
                AltertableClient any = open(to(server), RetryPolicy.NEVER, counts);
                QueryStream stream = get(any.query(reading("SELECT 1")))) {
            stream.readNBytes(1000);
            long[] before = {-1};
            int[] unchanged = {0};
            await(
                    "the server waits",
                    () -> {
                        unchanged[0] = sent.get() == before[0] ? unchanged[0] + 1 : 0;
                        before[0] = sent.get();
                        return unchanged[0] == 20;
                    });

            assertThat(sent.get()).isLessThan(16 * 1024 * 1024);
        }
    }

    @Test
    void isValidatedAndExplainedWithoutRunning() {
        lakehouse.execute("CREATE OR REPLACE TABLE lake.main.t AS SELECT * FROM range(1000)");

        assertThat(get(client.validate("a test", "SELECT * FROM lake.main.t")))
                .isEqualTo(new Validation(true, Optional.empty()));
        Validation wrong = get(client.validate("a test", "SELECT * FROM lake.main.nothing"));
        assertThat(wrong.valid()).isFalse();
        assertThat(wrong.error().orElseThrow()).contains("nothing").doesNotContain("LINE 1");

        Explanation explanation =
                get(client.explain("a test", "SELECT * FROM lake.main.t")).orElseThrow();
        assertThat(explanation.tables()).hasSize(1);
        assertThat(explanation.tables().get(0).estimatedRows()).hasValue(1000);
        assertThat(failureOf(client.explain("a test", "SELECT * FROM nowhere")).outcome())
                .isEqualTo(Outcome.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void isNotExplainedWithoutSuchAnEndpoint(int status) {
        lakehouse.faults().add(Fault.status(status).onPath("/explain"));

        assertThat(get(client.explain("a test", "SELECT 1"))).isEmpty();
    }

    @Test
    void isNotExplainedByTheFirstGeneration() {
        try (AltertableLocal first = AltertableLocal.builder().api(Api.FIRST).start();
                AltertableClient any = open(to(first, Api.FIRST), QUICK, counts)) {
            assertThat(get(any.explain("a test", "SELECT 1"))).isEmpty();
        }
    }

    @Test
    void goesThroughTheProxyOfTheJvm() throws IOException {
        try (ScriptedServer proxy =
                ScriptedServer.playing(
                        c -> {
                            c.request();
                            c.answer(200, "", "{}\n[]\n[7]\n");
                        })) {
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", Integer.toString(proxy.port()));
            Connection plain = to(proxy);
            Connection behind =
                    new Connection(
                            URI.create("http://lake.invalid"),
                            plain.credentials(),
                            plain.connectionTimeout(),
                            plain.requestTimeout(),
                            "",
                            "");
            try (AltertableClient any = open(behind, RetryPolicy.NEVER, counts)) {
                assertThat(lines(get(any.query(reading("SELECT 7"))))).endsWith("[7]");
                assertThat(proxy.heads().get(0)).startsWith("POST http://lake.invalid/query HTTP");
            } finally {
                System.clearProperty("http.proxyHost");
                System.clearProperty("http.proxyPort");
            }
        }
    }
}
