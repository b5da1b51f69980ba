package ai.altertable.flink.client;

import static ai.altertable.flink.client.TestClients.ORDERS;
import static ai.altertable.flink.client.TestClients.QUICK;
import static ai.altertable.flink.client.TestClients.append;
import static ai.altertable.flink.client.TestClients.arrivals;
import static ai.altertable.flink.client.TestClients.failureOf;
import static ai.altertable.flink.client.TestClients.get;
import static ai.altertable.flink.client.TestClients.open;
import static ai.altertable.flink.client.TestClients.to;
import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.Connection;
import ai.altertable.flink.Credentials;
import ai.altertable.flink.TableId;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Api;
import ai.altertable.local.Arrival;
import ai.altertable.local.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadITCase {

    private static AltertableLocal lakehouse;

    private final Counts counts = new Counts();
    private AltertableClient client;

    @BeforeAll
    static void start() {
        lakehouse = AltertableLocal.start();
    }

    @AfterAll
    static void stop() {
        lakehouse.close();
    }

    @BeforeEach
    void begin() {
        lakehouse.faults().clear();
        lakehouse.arrivals().clear();
        lakehouse.execute("CREATE OR REPLACE TABLE lake.main.orders (id BIGINT)");
        client = open(to(lakehouse), QUICK, counts);
    }

    @AfterEach
    void end() {
        client.close();
    }

    private static long rows(String table) {
        return ((Number) lakehouse.rows("SELECT count(*) FROM " + table).get(0).get(0)).longValue();
    }

    private static List<Arrival> uploads(int count) throws Exception {
        return arrivals(lakehouse, count);
    }

    @Nested
    class OnEveryGeneration {

        @ParameterizedTest
        @EnumSource(Api.class)
        void appendsCreatesAndOverwrites(Api api) {
            try (AltertableLocal server = AltertableLocal.builder().api(api).start();
                    AltertableClient any = open(to(server, api), RetryPolicy.NEVER, counts)) {
                server.execute("CREATE TABLE lake.main.orders (id BIGINT)");
                get(any.upload(append(Bytes.rows(3))));
                assertThat(server.rows("SELECT sum(id) FROM lake.main.orders").toString())
                        .isEqualTo("[[3]]");

                TableId copy = new TableId("lake", "main", "copy");
                get(any.upload(new Upload(copy, UploadMode.CREATE, "json", Bytes.rows(4))));
                assertThat(server.rows("SELECT count(*) FROM lake.main.copy").toString())
                        .isEqualTo("[[4]]");
                assertThat(
                                failureOf(
                                                any.upload(
                                                        new Upload(
                                                                copy,
                                                                UploadMode.CREATE,
                                                                "json",
                                                                Bytes.rows(1))))
                                        .outcome())
                        .isEqualTo(Outcome.REJECTED);
                get(any.upload(new Upload(copy, UploadMode.OVERWRITE, "json", Bytes.rows(2))));
                assertThat(server.rows("SELECT count(*) FROM lake.main.copy").toString())
                        .isEqualTo("[[2]]");
            }
        }

        private static void writeParquet(Path file, String query) throws SQLException {
            try (java.sql.Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = duckDb.createStatement()) {
                statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
            }
        }

        @ParameterizedTest
        @EnumSource(Api.class)
        void sendsParquet(Api api, @TempDir Path folder) throws Exception {
            Path file = folder.resolve("rows.parquet");
            writeParquet(file, "SELECT range AS id FROM range(1000)");
            try (AltertableLocal server = AltertableLocal.builder().api(api).start();
                    AltertableClient any = open(to(server, api), RetryPolicy.NEVER, counts)) {
                server.execute("CREATE TABLE lake.main.orders (id BIGINT)");
                Bytes bytes = new Bytes(Files.readAllBytes(file));
                get(any.upload(new Upload(ORDERS, UploadMode.APPEND, "parquet", bytes)));

                assertThat(server.rows("SELECT sum(id) FROM lake.main.orders").toString())
                        .isEqualTo("[[499500]]");
            }
        }
    }

    @Test
    void sendsWhatTheContractSays() throws Exception {
        get(client.upload(append(Bytes.rows(1))));

        Arrival arrival = uploads(1).get(0);
        assertThat(arrival.method()).isEqualTo("POST");
        assertThat(arrival.path()).isEqualTo("/upload");
        assertThat(arrival.parameters())
                .containsOnly(
                        Map.entry("catalog", "lake"),
                        Map.entry("schema", "main"),
                        Map.entry("table", "orders"),
                        Map.entry("format", "json"),
                        Map.entry("mode", "append"));
        assertThat(arrival.headers())
                .containsEntry("content-type", "application/octet-stream")
                .containsEntry("content-length", Long.toString(arrival.body().bytes()))
                .containsEntry("accept-encoding", "identity");
        assertThat(arrival.headers().get("user-agent"))
                .matches("flink-connector-altertable/\\d+\\.\\d+\\.\\d+\\S* flink/\\S+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                "a&b=c",
                "1+1",
                "100%",
                "%20",
                "it's",
                "say \"hi\"",
                "Größe",
                "🚀",
                "a/b?c#d",
                "a;b,c",
                "\\",
                "[x]",
                "tab\tand\nline"
            })
    void reachesTablesOfAnyName(String name) {
        String quoted = "lake.main.\"" + name.replace("\"", "\"\"") + "\"";
        lakehouse.execute("CREATE TABLE " + quoted + " (id BIGINT)");

        get(
                client.upload(
                        new Upload(
                                new TableId("lake", "main", name),
                                UploadMode.APPEND,
                                "json",
                                Bytes.rows(2))));

        assertThat(rows(quoted)).isEqualTo(2);
    }

    @Nested
    class TriesAgain {

        @Test
        void withTheSameBytes() throws Exception {
            lakehouse
                    .faults()
                    .add(
                            Fault.status(503).retryAfter("0"),
                            Fault.breakBefore(),
                            Fault.status(429),
                            Fault.status(500),
                            Fault.status(400).body("TransactionContext Error: conflict"));
            Bytes bytes = Bytes.rows(50_000);

            get(client.upload(append(bytes)));

            assertThat(uploads(6)).hasSize(6);
            assertThat(uploads(6))
                    .allSatisfy(a -> assertThat(a.body().sha256()).isEqualTo(bytes.sha256()));
            assertThat(rows("lake.main.orders")).isEqualTo(50_000);
            assertThat(counts.requests).hasValue(6);
            assertThat(counts.bytes).hasValue(6 * bytes.sizeInBytes());
            assertThat(counts.retries)
                    .containsExactly(
                            Outcome.NOT_NOW,
                            Outcome.UNKNOWN,
                            Outcome.NOT_NOW,
                            Outcome.UNKNOWN,
                            Outcome.CONFLICT);
            assertThat(counts.ambiguousRetries).hasValue(2);
        }

        @Test
        void andCountsWhatMayBeThereTwice() {
            lakehouse.faults().add(Fault.breakAfter());

            get(client.upload(append(Bytes.rows(7))));

            assertThat(counts.ambiguousRetries).hasValue(1);
            assertThat(rows("lake.main.orders")).isEqualTo(14);
        }

        @Test
        void notEarlierThanTheServerAsks() throws Exception {
            lakehouse.faults().add(Fault.status(503).retryAfter("1"));

            get(client.upload(append(Bytes.rows(1))));

            List<Arrival> arrivals = uploads(2);
            assertThat(
                            Duration.between(
                                    arrivals.get(0).result().ended(),
                                    arrivals.get(1).result().started()))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(990));
        }

        @Test
        void aBoundedNumberOfTimesInAStorm() throws Exception {
            lakehouse.faults().add(Fault.status(503).forever());
            RetryPolicy twoSeconds =
                    new RetryPolicy(
                            Duration.ofSeconds(2), Duration.ofMillis(50), Duration.ofMillis(400));
            try (AltertableClient impatient = open(to(lakehouse), twoSeconds, counts)) {
                AltertableException e = failureOf(impatient.upload(append(Bytes.rows(1))));

                assertThat(e.outcome()).isEqualTo(Outcome.NOT_NOW);
                assertThat(counts.requests.get()).isBetween(4, 60);
                assertThat(rows("lake.main.orders")).isZero();
            }
        }

        @ParameterizedTest
        @CsvSource({
            "400, REJECTED",
            "401, MISCONFIGURED",
            "402, MISCONFIGURED",
            "403, MISCONFIGURED",
            "404, MISCONFIGURED",
            "405, MISCONFIGURED",
            "413, TOO_LARGE",
            "415, MISCONFIGURED",
            "422, MISCONFIGURED"
        })
        void neverWhereItWouldNotHelp(int status, Outcome outcome) throws Exception {
            lakehouse.faults().add(Fault.status(status).forever());

            AltertableException e = failureOf(client.upload(append(Bytes.rows(1))));

            assertThat(e.outcome()).isEqualTo(outcome);
            assertThat(e.status()).hasValue(status);
            assertThat(e.requestIds()).startsWith("x-request-id: ");
            assertThat(e).hasMessageContainingAll("lake.main.orders", "injected fault: " + status);
            assertThat(uploads(1)).hasSize(1);
        }

        @ParameterizedTest
        @EnumSource(
                value = UploadMode.class,
                names = {"APPEND", "CREATE", "OVERWRITE"})
        void afterAnUnknownOutcomeOnlyWhatMayHappenTwice(UploadMode mode) throws Exception {
            lakehouse.faults().add(Fault.breakAfter());
            TableId fresh = new TableId("lake", "main", "fresh_" + mode);
            if (mode == UploadMode.APPEND) {
                lakehouse.execute("CREATE TABLE lake.main.fresh_APPEND (id BIGINT)");
            }
            CompletableFuture<Void> upload =
                    client.upload(new Upload(fresh, mode, "json", Bytes.rows(5)));

            if (mode == UploadMode.CREATE) {
                AltertableException e = failureOf(upload);
                assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
                assertThat(e.mayBeApplied()).isTrue();
            } else {
                get(upload);
            }
            assertThat(uploads(mode == UploadMode.CREATE ? 1 : 2)).isNotEmpty();
            assertThat(rows("lake.main.fresh_" + mode))
                    .isEqualTo(mode == UploadMode.APPEND ? 10 : 5);
        }
    }

    @Test
    void tellsThatAFileIsTooLarge() {
        lakehouse.faults().refuseBodiesAbove(1000);

        assertThat(failureOf(client.upload(append(Bytes.rows(1000)))).outcome())
                .isEqualTo(Outcome.TOO_LARGE);
        get(client.upload(append(Bytes.rows(10))));
    }

    @Test
    void neverTriesTheOtherScheme() {
        Connection right = to(lakehouse);
        Connection wrong =
                new Connection(
                        right.url(),
                        Credentials.ofPassword("alice", "wrong-one", Credentials.Scheme.BASIC),
                        right.connectionTimeout(),
                        right.requestTimeout(),
                        "",
                        "");
        try (AltertableClient stranger = open(wrong, QUICK, counts)) {
            AltertableException e = failureOf(stranger.upload(append(Bytes.rows(1))));

            assertThat(e.outcome()).isEqualTo(Outcome.MISCONFIGURED);
            assertThat(e).hasMessageContainingAll("'auth.scheme'", "'password'", "'token'");
            assertThat(counts.requests).hasValue(1);
        }
    }

    @Test
    void sendsFiftyFilesAtOnce() {
        List<CompletableFuture<Void>> all =
                IntStream.range(0, 50)
                        .mapToObj(i -> client.upload(append(Bytes.rows(1000))))
                        .toList();
        all.forEach(TestClients::get);

        assertThat(rows("lake.main.orders")).isEqualTo(50_000);
        assertThat(counts.requests).hasValue(50);
        assertThat(counts.retries).isEmpty();
    }

    @Test
    void sendsAnEmptyFile() throws Exception {
        // What the server makes of it is its affair; the client must not stumble.
        CompletableFuture<Void> upload = client.upload(append(Bytes.of("")));
        assertThat(upload.handle((done, e) -> "ended").join()).isEqualTo("ended");
        assertThat(uploads(1)).hasSize(1);
    }
}
