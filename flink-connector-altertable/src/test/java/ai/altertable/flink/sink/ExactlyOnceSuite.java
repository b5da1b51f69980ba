package ai.altertable.flink.sink;

import static ai.altertable.flink.AltertableOptions.REQUEST_TIMEOUT;
import static ai.altertable.flink.AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS;
import static ai.altertable.flink.AltertableOptions.SINK_COMMIT_TIMEOUT;
import static ai.altertable.flink.AltertableOptions.SINK_DELIVERY_GUARANTEE;
import static ai.altertable.flink.AltertableOptions.SINK_STAGING_SCHEMA;
import static ai.altertable.flink.AltertableOptions.SINK_STAGING_TTL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Arrival;
import ai.altertable.local.Fault;
import ai.altertable.local.Storage;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can go wrong between a row and the table, one thing at a time, with a real lakehouse and a
 * checkpoint by hand. What a crash of the job leaves is a list of what is to be committed, or
 * nothing.
 */
abstract class ExactlyOnceSuite {

    /** The transaction of a commit, and nothing else. */
    static final String COMMIT = "INSERT INTO \"lake\".\"main\".\"__flink_commits\"";

    private static final String READ_LEDGER = "SELECT id AS name";

    private AltertableLocal lakehouse;

    abstract Storage storage();

    @BeforeEach
    void start() {
        lakehouse = AltertableLocal.builder().storage(storage()).start();
        lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT NOT NULL, name VARCHAR)");
    }

    @AfterEach
    void stop() {
        lakehouse.close();
    }

    private OpenWriter open(UnaryOperator<AltertableSinkBuilder<RowData>> options)
            throws Exception {
        return new OpenWriter(
                lakehouse,
                sink ->
                        options.apply(
                                sink.set(SINK_DELIVERY_GUARANTEE, DeliveryGuarantee.EXACTLY_ONCE)
                                        .set(SINK_COMMIT_TIMEOUT, Duration.ofSeconds(20))));
    }

    private OpenWriter open() throws Exception {
        return open(sink -> sink);
    }

    private List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        lakehouse
                .rows("SELECT id FROM lake.main.orders ORDER BY id")
                .forEach(row -> ids.add((Long) row.get(0)));
        return ids;
    }

    private List<String> stagedTables() {
        List<String> names = new ArrayList<>();
        lakehouse
                .rows(
                        "SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name,"
                                + " '__flink_staged_')")
                .forEach(row -> names.add((String) row.get(0)));
        return names;
    }

    private long ledgerRows() {
        return (Long)
                lakehouse.rows("SELECT count(*) FROM lake.main.__flink_commits").get(0).get(0);
    }

    private static void writeTwo(OpenWriter writer) throws Exception {
        writer.write(1, "one");
        writer.write(2, "two");
    }

    private List<Arrival> commits() {
        return lakehouse
                .arrivals()
                .matching(arrival -> arrival.body().statement().contains(COMMIT));
    }

    /** Sends a statement as somebody whom nobody remembers: a late request of a dead attempt. */
    private String send(String statement) throws Exception {
        String user = lakehouse.username() + ":" + lakehouse.password();
        String json = statement.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(lakehouse.url() + "/query"))
                        .header("Content-Type", "application/json")
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(user.getBytes()))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"statement\":\"" + json + "\"}"))
                        .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Nested
    class Rows {

        @Test
        void areInTheTableWhenTheirCheckpointIsCommitted() throws Exception {
            try (OpenWriter writer = open()) {
                writeTwo(writer);
                List<StagedChunks> staged = writer.checkpoint();
                assertThat(ids()).isEmpty();
                assertThat(stagedTables()).hasSize(1);

                writer.commit(staged);

                assertThat(ids()).containsExactly(1L, 2L);
                assertThat(stagedTables()).isEmpty();
                assertThat(ledgerRows()).isEqualTo(1);
            }
        }

        @Test
        void ofAnEmptyCheckpointAreNoTransaction() throws Exception {
            try (OpenWriter writer = open()) {
                assertThat(writer.checkpoint()).isEmpty();
            }
        }

        @Test
        void ofSeveralWritersAndChunksAreOneTransaction() throws Exception {
            try (OpenWriter one = open(sink -> sink.set(SINK_BUFFER_FLUSH_MAX_ROWS, 1));
                    OpenWriter two = open()) {
                writeTwo(one);
                two.write(3, "three");
                List<StagedChunks> staged = new ArrayList<>(one.checkpoint());
                staged.addAll(two.checkpoint());
                assertThat(stagedTables()).hasSize(3);

                one.commit(staged);

                assertThat(ids()).containsExactly(1L, 2L, 3L);
                assertThat(commits()).hasSize(1);
                assertThat(ledgerRows()).isEqualTo(2);
            }
        }

        @Test
        void withAKeyAreMerged() throws Exception {
            lakehouse.execute("INSERT INTO lake.main.orders VALUES (1, 'old'), (2, 'old')");
            try (OpenWriter writer =
                    open(sink -> sink.primaryKey("id").set(SINK_BUFFER_FLUSH_MAX_ROWS, 2))) {
                writer.write(RowKind.DELETE, 1L, "old");
                writer.write(RowKind.UPDATE_AFTER, 2L, "new");
                writer.write(RowKind.INSERT, 3L, "three");
                writer.write(RowKind.INSERT, 1L, "again");
                writer.write(RowKind.DELETE, 3L, "three");

                writer.commit(writer.checkpoint());

                assertThat(lakehouse.rows("FROM lake.main.orders ORDER BY id"))
                        .containsExactly(List.of(1L, "again"), List.of(2L, "new"));
                assertThat(stagedTables()).isEmpty();
            }
        }

        /** What is staged has the types of a file; the table's are others. */
        @Test
        void haveTheTypesOfTheTable() throws Exception {
            lakehouse.execute(
                    "CREATE TABLE lake.main.typed (id UUID, doc JSON, amount DECIMAL(20, 4),"
                            + " at_time TIMESTAMPTZ, tags VARCHAR[], small SMALLINT, data BLOB, day"
                            + " DATE)");
            RowType columns =
                    RowType.of(
                            new LogicalType[] {
                                VarCharType.STRING_TYPE,
                                VarCharType.STRING_TYPE,
                                new DecimalType(20, 4),
                                new LocalZonedTimestampType(6),
                                new ArrayType(VarCharType.STRING_TYPE),
                                new TinyIntType(),
                                new VarBinaryType(VarBinaryType.MAX_LENGTH),
                                new DateType()
                            },
                            new String[] {
                                "id", "doc", "amount", "at_time", "tags", "small", "data", "day"
                            });
            try (OpenWriter writer =
                    new OpenWriter(
                            lakehouse,
                            columns,
                            sink ->
                                    sink.set(AltertableOptions.TABLE, "typed")
                                            .primaryKey("id")
                                            .set(
                                                    SINK_DELIVERY_GUARANTEE,
                                                    DeliveryGuarantee.EXACTLY_ONCE))) {
                for (int round = 0; round < 2; round++) {
                    writer.write(
                            GenericRowData.of(
                                    StringData.fromString("9a1f0f0e-0000-4000-8000-00000000000A"),
                                    StringData.fromString("{\"a\": 1}"),
                                    DecimalData.fromBigDecimal(
                                            new BigDecimal("1.2345")
                                                    .add(BigDecimal.valueOf(round, 4)),
                                            20,
                                            4),
                                    TimestampData.fromEpochMillis(1),
                                    new GenericArrayData(
                                            new Object[] {StringData.fromString("x"), null}),
                                    (byte) 7,
                                    new byte[] {0, -1},
                                    1));
                    writer.commit(writer.checkpoint());
                }
            }
            assertThat(
                            lakehouse.rows(
                                    "SELECT id::VARCHAR, doc->>'a', amount::VARCHAR,"
                                            + " epoch_us(at_time), tags::VARCHAR, small,"
                                            + " hex(data), day::VARCHAR FROM lake.main.typed"))
                    .containsExactly(
                            List.of(
                                    "9a1f0f0e-0000-4000-8000-00000000000a",
                                    "1",
                                    "1.2346",
                                    1000L,
                                    "[x, NULL]",
                                    (short) 7,
                                    "00FF",
                                    "1970-01-02"));
        }

        @Test
        void thatTheTableRefusesAreRefusedBeforeTheyAreStaged() throws Exception {
            try (OpenWriter writer = open()) {
                assertThatThrownBy(() -> writer.write(RowKind.INSERT, null, "nobody"))
                        .hasMessageContaining("the column 'id' is NULL");
            }
        }

        /** Of readers that look all the time, none sees a part. */
        @Test
        void areSeenByTheCheckpoint() throws Exception {
            try (OpenWriter writer = open(sink -> sink.set(SINK_BUFFER_FLUSH_MAX_ROWS, 100))) {
                AtomicBoolean over = new AtomicBoolean();
                CompletableFuture<List<Integer>> seen =
                        CompletableFuture.supplyAsync(
                                () -> {
                                    List<Integer> counts = new ArrayList<>();
                                    while (!over.get()) {
                                        counts.add(ids().size());
                                    }
                                    return counts;
                                });
                for (int checkpoint = 0; checkpoint < 8; checkpoint++) {
                    for (int row = 0; row < 250; row++) {
                        writer.write(checkpoint * 1_000 + row, "x");
                    }
                    writer.commit(writer.checkpoint());
                }
                over.set(true);

                assertThat(seen.get()).isNotEmpty().allMatch(count -> count % 250 == 0);
                assertThat(ids()).hasSize(2_000);
            }
        }
    }

    @Nested
    class AnUpload {

        @Test
        void whoseAnswerIsLostIsDoneAgainUnderAnotherName() throws Exception {
            lakehouse.faults().add(Fault.breakAfter().onPath("/upload"));
            try (OpenWriter writer = open()) {
                writeTwo(writer);
                List<StagedChunks> staged = writer.checkpoint();
                assertThat(uploadedNames()).hasSize(2).doesNotHaveDuplicates();

                writer.commit(staged);

                assertThat(ids()).containsExactly(1L, 2L);
                Await.until("the first table is dropped", () -> stagedTables().isEmpty());
            }
        }

        @Test
        void thatNeverCameIsDoneAgain() throws Exception {
            lakehouse.faults().add(Fault.breakBefore().onPath("/upload"));
            try (OpenWriter writer = open()) {
                writeTwo(writer);
                writer.commit(writer.checkpoint());
            }
            assertThat(ids()).containsExactly(1L, 2L);
        }

        /** The table of the dead attempt is made when nobody expects it any more. */
        @Test
        void thatIsCarriedOutLateHarmsNobody() throws Exception {
            lakehouse.faults().add(Fault.delay(Duration.ofSeconds(3)).onPath("/upload"));
            try (OpenWriter writer =
                    open(sink -> sink.set(REQUEST_TIMEOUT, Duration.ofMillis(1_500)))) {
                writeTwo(writer);
                writer.commit(writer.checkpoint());
                assertThat(ids()).containsExactly(1L, 2L);
                Await.until(
                        "the late request is over",
                        () ->
                                uploadedNames().size() >= 2
                                        && lakehouse.arrivals().unanswered() == 0);

                writer.write(3, "three");
                writer.commit(writer.checkpoint());
            }
            assertThat(ids()).containsExactly(1L, 2L, 3L);
            assertThat(stagedTables()).as("the orphan").isNotEmpty();
        }

        @Test
        void ofATaskThatDiesIsNotCommitted() throws Exception {
            try (OpenWriter dying = open()) {
                writeTwo(dying);
                dying.flush();
                assertThat(stagedTables()).hasSize(1);
            }
            Await.until("its table is dropped", () -> stagedTables().isEmpty());
            try (OpenWriter again = open()) {
                writeTwo(again);
                again.commit(again.checkpoint());
            }
            assertThat(ids()).containsExactly(1L, 2L);
        }

        /** What it staged is in no state; what comes again is staged again. */
        @Test
        void ofACheckpointThatIsNeverCompleteIsNotCommitted() throws Exception {
            try (OpenWriter dying = open()) {
                writeTwo(dying);
                dying.checkpoint();
            }
            try (OpenWriter again = open()) {
                writeTwo(again);
                again.commit(again.checkpoint());
            }
            assertThat(ids()).containsExactly(1L, 2L);
        }

        private List<String> uploadedNames() {
            return lakehouse
                    .arrivals()
                    .matching(arrival -> arrival.path().equals("/upload"))
                    .stream()
                    .map(arrival -> arrival.parameters().get("table"))
                    .toList();
        }
    }

    @Nested
    class ACommit {

        @Test
        void thatNeverCameIsDoneAgain() throws Exception {
            lakehouse.faults().add(Fault.breakBefore().onStatement(COMMIT));
            commitTwo();
            assertThat(commits()).hasSize(2);
        }

        @Test
        void whoseAnswerIsLostIsNotDoneAgain() throws Exception {
            lakehouse.faults().add(Fault.breakAfter().onStatement(COMMIT));
            commitTwo();
            assertThat(commits()).hasSize(1);
        }

        @Test
        void isReadBackWhateverTheAnswerIs() throws Exception {
            lakehouse
                    .faults()
                    .add(
                            Fault.status(500).onStatement(COMMIT),
                            Fault.status(503).onStatement(READ_LEDGER));
            commitTwo();
        }

        @Test
        void thatAnotherTransactionIsInTheWayOfIsDoneAgain() throws Exception {
            lakehouse
                    .faults()
                    .add(
                            Fault.status(400)
                                    .body("TransactionContext Error: write-write conflict")
                                    .onStatement(COMMIT)
                                    .times(2));
            commitTwo();
            assertThat(commits()).hasSize(3);
        }

        /** A late request of a dead attempt, behind the one that did the work. */
        @Test
        void thatComesLateFindsNothingToDo() throws Exception {
            commitTwo();
            String zombie = commits().get(0).body().statement();

            assertThat(send(zombie)).contains("does not exist");

            assertThat(ids()).containsExactly(1L, 2L);
            assertThat(ledgerRows()).isEqualTo(1);
        }

        /** The late request of a dead attempt comes before the one of the next attempt. */
        @Test
        void thatWasDoneByALateRequestIsNotDoneAgain() throws Exception {
            try (OpenWriter writer = open()) {
                writeTwo(writer);
                List<StagedChunks> staged = writer.checkpoint();
                send(CommitScript.of(staged, "a dead attempt"));
                assertThat(ids()).containsExactly(1L, 2L);

                writer.commit(staged);

                assertThat(ids()).containsExactly(1L, 2L);
                assertThat(ledgerRows()).isEqualTo(1);
            }
        }

        @Test
        void thatRunsBehindItsTimeIsDoneOnce() throws Exception {
            lakehouse.faults().add(Fault.delay(Duration.ofSeconds(2)).onStatement(COMMIT));
            try (OpenWriter writer =
                    open(sink -> sink.set(REQUEST_TIMEOUT, Duration.ofMillis(1_000)))) {
                writeTwo(writer);
                writer.commit(writer.checkpoint());
                assertThat(ids()).containsExactly(1L, 2L);
                Await.until("nothing runs", () -> lakehouse.arrivals().unanswered() == 0);
            }
            assertThat(ids()).containsExactly(1L, 2L);
            assertThat(ledgerRows()).isEqualTo(1);
        }

        /** Two task managers think that they are the one. */
        @Test
        void byTwoAtOnceIsDoneOnce() throws Exception {
            try (OpenWriter writer = open()) {
                for (int round = 0; round < 5; round++) {
                    writer.write(round, "x");
                    List<StagedChunks> staged = writer.checkpoint();
                    List<CompletableFuture<Void>> both = new ArrayList<>();
                    for (int i = 0; i < 2; i++) {
                        both.add(
                                CompletableFuture.runAsync(
                                        () -> {
                                            try {
                                                writer.commit(staged);
                                            } catch (Exception e) {
                                                throw new IllegalStateException(e);
                                            }
                                        }));
                    }
                    for (CompletableFuture<Void> one : both) {
                        one.get();
                    }
                }
            }
            assertThat(ids()).containsExactly(0L, 1L, 2L, 3L, 4L);
            assertThat(ledgerRows()).isEqualTo(5);
        }

        @Test
        void ofAnOldSavepointIsNotDoneAgain() throws Exception {
            try (OpenWriter writer = open()) {
                writeTwo(writer);
                List<StagedChunks> savepoint = writer.checkpoint();
                writer.commit(savepoint);
                writer.write(3, "three");
                writer.commit(writer.checkpoint());

                writer.commit(savepoint);
            }
            assertThat(ids()).containsExactly(1L, 2L, 3L);
        }

        /** Of what was restored, one part is done already: a state that no run of ours leaves. */
        @Test
        void ofWhichAPartIsDoneIsCompleted() throws Exception {
            try (OpenWriter writer = open()) {
                writeTwo(writer);
                List<StagedChunks> all = new ArrayList<>(writer.checkpoint());
                writer.commit(all);
                writer.write(3, "three");
                all.addAll(writer.checkpoint());

                writer.commit(all);
            }
            assertThat(ids()).containsExactly(1L, 2L, 3L);
            assertThat(ledgerRows()).isEqualTo(2);
        }

        /** The job comes back with other options; what was staged is committed as it was meant. */
        @Test
        void isDoneAsItWasStaged() throws Exception {
            lakehouse.execute("CREATE SCHEMA lake.elsewhere");
            try (OpenWriter old = open();
                    OpenWriter changed =
                            open(
                                    sink ->
                                            sink.primaryKey("id")
                                                    .set(SINK_STAGING_SCHEMA, "elsewhere"))) {
                writeTwo(old);
                changed.commit(old.checkpoint());
            }
            assertThat(ids()).containsExactly(1L, 2L);
        }

        @Test
        void whoseRowsSomebodyDroppedStopsLoudly() throws Exception {
            try (OpenWriter writer = open()) {
                writeTwo(writer);
                List<StagedChunks> staged = writer.checkpoint();
                lakehouse.execute("DROP TABLE lake.main." + staged.get(0).tables().get(0).name());

                for (int restart = 0; restart < 2; restart++) {
                    assertThatThrownBy(() -> writer.commit(staged))
                            .isInstanceOf(StagedRowsLostException.class)
                            .hasMessageContaining("Staged rows are gone: 2 rows")
                            .hasMessageContaining(staged.get(0).id().toString())
                            .hasMessageContaining("__flink_commits");
                }
                assertThat(ids()).isEmpty();
            }
        }

        /** Better than twice: without its row in the ledger nobody can tell that it was done. */
        @Test
        void whoseRowOfTheLedgerSomebodyDeletedStopsLoudly() throws Exception {
            try (OpenWriter writer = open()) {
                writeTwo(writer);
                List<StagedChunks> staged = writer.checkpoint();
                writer.commit(staged);
                lakehouse.execute("DELETE FROM lake.main.__flink_commits");

                assertThatThrownBy(() -> writer.commit(staged))
                        .isInstanceOf(StagedRowsLostException.class);
                assertThat(ids()).containsExactly(1L, 2L);
            }
        }

        @Test
        void thatIsRefusedFailsAndIsDoneWhenTheReasonIsGone() throws Exception {
            try (OpenWriter writer = open()) {
                writeTwo(writer);
                List<StagedChunks> staged = writer.checkpoint();
                lakehouse.execute("ALTER TABLE lake.main.orders RENAME TO away");
                assertThatThrownBy(() -> writer.commit(staged))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("was refused. Nothing is lost")
                        .hasMessageContaining("orders");
                assertThat(stagedTables()).hasSize(1);
                lakehouse.execute("ALTER TABLE lake.main.away RENAME TO orders");

                writer.commit(staged);
            }
            assertThat(ids()).containsExactly(1L, 2L);
        }

        @Test
        void thatNeverSucceedsFailsAtItsTimeAndLosesNothing() throws Exception {
            try (OpenWriter writer =
                    open(sink -> sink.set(SINK_COMMIT_TIMEOUT, Duration.ofMillis(300)))) {
                writeTwo(writer);
                List<StagedChunks> staged = writer.checkpoint();
                lakehouse.faults().add(Fault.status(503).onStatement(COMMIT).forever());
                assertThatThrownBy(() -> writer.commit(staged))
                        .hasMessageContaining("sink.commit.timeout")
                        .hasMessageContaining("Nothing is lost");
                lakehouse.faults().clear();

                writer.commit(staged);
            }
            assertThat(ids()).containsExactly(1L, 2L);
        }

        /** An answer that is success, and nothing behind it. */
        @Test
        void thatTheServerOnlyClaimsIsDoneAgain() throws Exception {
            lakehouse
                    .faults()
                    .add(
                            Fault.status(200)
                                    .body("{}\n[{\"name\":\"Count\",\"type\":\"BIGINT\"}]\n[1]")
                                    .onStatement(COMMIT));
            commitTwo();
            assertThat(commits()).hasSize(2);
        }

        private void commitTwo() throws Exception {
            try (OpenWriter writer = open()) {
                writeTwo(writer);
                List<StagedChunks> staged = writer.checkpoint();
                lakehouse.arrivals().clear();
                writer.commit(staged);
            }
            assertThat(ids()).containsExactly(1L, 2L);
            assertThat(ledgerRows()).isEqualTo(1);
            Await.until("all is dropped", () -> stagedTables().isEmpty());
        }
    }

    @Nested
    class Opening {

        @ParameterizedTest
        @ValueSource(strings = {"nowhere", "MAIN2"})
        void refusesASchemaThatIsNotThereAndMakesNone(String schema) {
            assertThatThrownBy(() -> open(sink -> sink.set(SINK_STAGING_SCHEMA, schema)))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("sink.staging-schema")
                    .hasMessageContaining(schema);
            assertThat(
                            lakehouse.rows(
                                    "SELECT 1 FROM duckdb_schemas() WHERE lower(schema_name) ="
                                            + " lower('"
                                            + schema
                                            + "')"))
                    .isEmpty();
        }

        @Test
        void stagesInAnotherSchema() throws Exception {
            lakehouse.execute("CREATE SCHEMA lake.elsewhere");
            try (OpenWriter writer = open(sink -> sink.set(SINK_STAGING_SCHEMA, "ELSEWHERE"))) {
                writeTwo(writer);
                writer.commit(writer.checkpoint());
            }
            assertThat(ids()).containsExactly(1L, 2L);
            assertThat(
                            lakehouse.rows(
                                    "SELECT target, row_count FROM lake.elsewhere.__flink_commits"))
                    .containsExactly(List.of("lake.main.orders", 2L));
        }

        @Test
        void provesThatTheServerHasTransactionsAndLeavesNothing() throws Exception {
            open().close();
            assertThat(stagedTables()).isEmpty();
            assertThat(ledgerRows()).isZero();
        }

        /** A server that answers success and does nothing. */
        @Test
        void refusesAServerWhoseTransactionsAreNone() {
            lakehouse
                    .faults()
                    .add(
                            Fault.status(200)
                                    .body("{}\n[{\"name\":\"Count\",\"type\":\"BIGINT\"}]\n[1]")
                                    .onStatement("VALUES (2)"));
            assertThatThrownBy(() -> open())
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("The server cannot write exactly once")
                    .hasMessageContaining("sink.delivery-guarantee");
        }

        @Test
        void asksAgainWhereABadMomentSpoiledTheProbe() throws Exception {
            lakehouse
                    .faults()
                    .add(
                            Fault.breakAfter().onStatement("VALUES (1)"),
                            Fault.breakAfter().onStatement("VALUES (2)"),
                            Fault.breakBefore().onStatement("VALUES (3)"));
            try (OpenWriter writer = open()) {
                writeTwo(writer);
                writer.commit(writer.checkpoint());
            }
            assertThat(ids()).containsExactly(1L, 2L);
            assertThat(lakehouse.faults().pending()).isEmpty();
        }
    }

    @Nested
    class Orphaned {

        @Test
        void tablesAreDroppedWhenTheyAreOld() throws Exception {
            Instant old = Instant.now().minus(Duration.ofHours(3));
            StagedChunks.How how = staged().get(0).how();
            String orphan = StagedNames.next(how.target(), "anotherjob", old);
            lakehouse.execute(
                    "CREATE TABLE lake.main." + orphan + " AS SELECT 1 AS x",
                    "CREATE TABLE lake.main.__flink_staged_of_somebody AS SELECT 1 AS x");
            int before = stagedTables().size();
            try (OpenWriter writer = open(sink -> sink.set(SINK_STAGING_TTL, Duration.ofHours(2)));
                    CheckpointCommitter committer = writer.committer()) {
                writeTwo(writer);
                committer.commit(Committable.all(writer.checkpoint()));
                Await.until("it is dropped", () -> !stagedTables().contains(orphan));
            }
            assertThat(stagedTables()).as("young ones and others").hasSize(before - 1);
        }

        private List<StagedChunks> staged() throws Exception {
            try (OpenWriter writer = open()) {
                writeTwo(writer);
                return writer.checkpoint();
            }
        }
    }
}
