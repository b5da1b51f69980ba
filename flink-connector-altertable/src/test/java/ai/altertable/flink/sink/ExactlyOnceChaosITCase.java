package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.LocalCluster;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Arrival;
import ai.altertable.local.Fault;
import ai.altertable.local.Storage;
import ai.altertable.local.lake.DuckLake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Known rows through an adversary: at random it kills tasks, cancels the whole job and starts it
 * from its last checkpoint at another parallelism, and does to any request what can be done to one:
 * refuse it, lose it, break it after its work, carry it out when nobody waits for it any more. Then
 * each row is there, once.
 *
 * <p>A few checkpoints on DuckDB by default; {@code -Pchaos} makes it a thousand, on DuckLake too,
 * whose commits take some minutes for them. A failure tells the seed and every request.
 */
class ExactlyOnceChaosITCase {

    private static final int MOST_PARALLEL = 3;
    private static final int ROWS_PER_CHECKPOINT = 120;
    private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(1_500);

    private static final long SEED = Long.getLong("chaos.seed", 20261121L);
    private static final int CHECKPOINTS = Integer.getInteger("chaos.checkpoints", 36);

    private static LocalCluster cluster;

    @TempDir private Path checkpoints;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = LocalCluster.start(MOST_PARALLEL);
    }

    @AfterAll
    static void closeCluster() throws Exception {
        cluster.stop();
    }

    /** DuckLake takes some tenths of a second for each commit. */
    record Case(Storage storage, boolean keyed, long seed) {
        int checkpoints() {
            return storage == Storage.DUCKDB ? CHECKPOINTS : Math.max(10, CHECKPOINTS / 3);
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String flag : System.getProperty("chaos.storages", "duckdb").split(",")) {
            Storage storage = Storage.ofFlag(flag);
            cases.add(new Case(storage, false, SEED));
            cases.add(new Case(storage, true, SEED + 1));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leavesEachRowOnce(Case given) throws Exception {
        assumeThat(given.storage() == Storage.DUCKDB || DuckLake.available()).isTrue();
        Random random = new Random(given.seed());
        Chaos.reset();
        int blocks = Math.max(1, given.checkpoints() * ROWS_PER_CHECKPOINT / (3 * Accounts.BLOCK));
        long rows = 3L * blocks * Accounts.BLOCK;
        try (AltertableLocal lakehouse =
                AltertableLocal.builder().storage(given.storage()).start()) {
            lakehouse.execute(
                    "CREATE TABLE lake.main.orders"
                            + " (region VARCHAR, id BIGINT NOT NULL, state INTEGER)");
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Integer> reader =
                    CompletableFuture.supplyAsync(() -> read(lakehouse, given, over));
            disturb(lakehouse, given.seed());
            try {
                runThroughRestarts(lakehouse, given, rows, random);
            } finally {
                over.set(true);
            }
            lakehouse.faults().clear();
            Await.until("late requests are over", () -> lakehouse.arrivals().unanswered() == 0);
            long struck = struck(lakehouse);
            System.getLogger("chaos")
                    .log(
                            System.Logger.Level.INFO,
                            given
                                    + ": "
                                    + rows
                                    + " rows, "
                                    + Chaos.checkpoints()
                                    + " checkpoints, "
                                    + struck
                                    + " faults, "
                                    + Chaos.kills()
                                    + " kills");
            assertThat(differences(lakehouse, given, rows))
                    .as(() -> history(lakehouse, given))
                    .isZero();
            assertThat(reader.get()).as("looks of a reader").isPositive();
            assertThat(struck).isPositive();
            assertThat(Chaos.checkpoints()).isGreaterThanOrEqualTo(given.checkpoints() / 2);
        }
    }

    /** The ledger and the table, seen at one moment, always agree. */
    private static int read(AltertableLocal lakehouse, Case given, AtomicBoolean over) {
        int looks = 0;
        while (!over.get()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            if (looks == 0 && !ledgerExists(lakehouse)) {
                continue;
            }
            List<Object> seen =
                    lakehouse
                            .rows(
                                    "SELECT (SELECT coalesce(sum(row_count), 0)::BIGINT FROM"
                                            + " lake.main.__flink_commits), (SELECT count(*) FROM"
                                            + " lake.main.orders)")
                            .get(0);
            if (!given.keyed()) {
                assertThat(seen.get(1)).as(() -> history(lakehouse, given)).isEqualTo(seen.get(0));
            }
            looks++;
        }
        return looks;
    }

    private static boolean ledgerExists(AltertableLocal lakehouse) {
        return !lakehouse
                .rows("SELECT 1 FROM duckdb_tables() WHERE table_name = '__flink_commits'")
                .isEmpty();
    }

    private static void disturb(AltertableLocal lakehouse, long seed) {
        // Whatever the dice say: a commit of each of these. The first is success and nothing
        // behind.
        for (Fault fault :
                List.of(
                        Fault.status(200).body("{}\n[]"),
                        Fault.breakAfter(),
                        Fault.delay(REQUEST_TIMEOUT.multipliedBy(2)),
                        Fault.status(200).body("{}\n[]"),
                        Fault.breakBefore())) {
            lakehouse.faults().add(fault.onStatement(ExactlyOnceSuite.COMMIT));
        }
        lakehouse
                .faults()
                .random(
                        seed,
                        0.12,
                        Fault.status(503),
                        Fault.status(429).retryAfter("0"),
                        Fault.status(500),
                        Fault.status(400),
                        Fault.status(400).body("TransactionContext Error: write-write conflict"),
                        Fault.breakBefore(),
                        Fault.breakBefore(),
                        Fault.breakAfter(),
                        Fault.breakAfter(),
                        Fault.breakAfter(),
                        Fault.cutResult(0),
                        Fault.delay(Duration.ofMillis(100)),
                        Fault.delay(REQUEST_TIMEOUT.multipliedBy(2)),
                        Fault.breakAfter().after(REQUEST_TIMEOUT.multipliedBy(2)));
    }

    private static long struck(AltertableLocal lakehouse) {
        return lakehouse
                .arrivals()
                .matching(arrival -> arrival.result().fault().isPresent())
                .size();
    }

    private void runThroughRestarts(AltertableLocal lakehouse, Case given, long rows, Random random)
            throws Exception {
        Optional<Path> restored = Optional.empty();
        int parallelism = MOST_PARALLEL;
        for (int life = 0; ; life++) {
            // Flink does not rescale a job of which some subtasks have come to their end.
            if (Chaos.checkpoints() <= given.checkpoints() / 2) {
                parallelism = MOST_PARALLEL - life % 2;
            }
            Path home = Files.createDirectories(checkpoints.resolve("life-" + life));
            JobClient job = submit(lakehouse, given, rows, parallelism, home, restored);
            try {
                job.getJobExecutionResult()
                        .get(8_000 + random.nextInt(8_000), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException stillRunning) {
                job.cancel().get();
                Await.until("it is cancelled", () -> isOver(job));
                if (job.getJobStatus().get() == JobStatus.FINISHED) {
                    return;
                }
                Optional<Path> before = restored;
                Optional<Path> last = last(home);
                restored = last.isPresent() ? last : before;
            }
        }
    }

    private static boolean isOver(JobClient job) throws Exception {
        return job.getJobStatus().get().isGloballyTerminalState();
    }

    /** The last complete checkpoint of a life. */
    private static Optional<Path> last(Path home) throws Exception {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> file.getFileName().toString().equals("_metadata"))
                    .map(Path::getParent)
                    .max(
                            Comparator.comparingLong(
                                    chk ->
                                            Long.parseLong(
                                                    chk.getFileName()
                                                            .toString()
                                                            .substring("chk-".length()))));
        }
    }

    private JobClient submit(
            AltertableLocal lakehouse,
            Case given,
            long rows,
            int parallelism,
            Path home,
            Optional<Path> restored)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, home.toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        restored.ifPresent(
                path ->
                        configuration.set(
                                StateRecoveryOptions.SAVEPOINT_PATH, path.toUri().toString()));
        StreamExecutionEnvironment env = cluster.environment(parallelism, configuration);
        env.setMaxParallelism(12);
        AltertableSinkBuilder<RowData> sink =
                OpenWriter.builder(lakehouse, Accounts.COLUMNS)
                        .set(
                                AltertableOptions.SINK_DELIVERY_GUARANTEE,
                                DeliveryGuarantee.EXACTLY_ONCE)
                        .set(AltertableOptions.REQUEST_TIMEOUT, REQUEST_TIMEOUT)
                        .set(AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS, 60);
        FlatMapFunction<Long, RowData> changes =
                given.keyed() ? Accounts::changes : Accounts::events;
        env.fromSource(
                        new DataGeneratorSource<>(
                                number -> number,
                                rows,
                                RateLimiterStrategy.perCheckpoint(ROWS_PER_CHECKPOINT),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .map(new Chaos<>(given.seed(), 0.0008))
                .uid("chaos")
                .flatMap(changes)
                .uid("rows")
                .returns(InternalTypeInfo.of(Accounts.COLUMNS))
                .sinkTo((given.keyed() ? sink.primaryKey("region", "id") : sink).build())
                .uid("sink");
        return env.executeAsync(given.toString());
    }

    private static long differences(AltertableLocal lakehouse, Case given, long rows) {
        String expected =
                given.keyed() ? Accounts.expectedAccounts(rows) : Accounts.expectedEvents(rows);
        return ((Number)
                        lakehouse
                                .rows(
                                        "WITH expected AS ("
                                                + expected
                                                + ") SELECT count(*) FROM ((FROM expected EXCEPT"
                                                + " ALL FROM lake.main.orders) UNION ALL (FROM"
                                                + " lake.main.orders EXCEPT ALL FROM expected))")
                                .get(0)
                                .get(0))
                .longValue();
    }

    private static String history(AltertableLocal lakehouse, Case given) {
        return given
                + " deviates; -Dchaos.seed="
                + given.seed()
                + "; the requests:\n"
                + lakehouse.arrivals().all().stream()
                        .map(ExactlyOnceChaosITCase::line)
                        .collect(Collectors.joining("\n"));
    }

    private static String line(Arrival arrival) {
        String statement = arrival.body().statement().replace('\n', ' ');
        return "%d %s +%d ms %s %s %s %s -> %d %s"
                .formatted(
                        arrival.number(),
                        arrival.result().started(),
                        arrival.result().took().toMillis(),
                        arrival.method(),
                        arrival.path(),
                        arrival.parameters().getOrDefault("table", ""),
                        statement,
                        arrival.result().status(),
                        arrival.result()
                                .fault()
                                .map(fault -> fault.action() + " after " + fault.delay())
                                .orElse(""));
    }

    /** Accounts whose changes are spread over several checkpoints, and whose order is known. */
    private static final class Accounts {

        static final int KEYS = 30;
        static final int ROUNDS = 12;
        static final int BLOCK = KEYS * ROUNDS;

        static final RowType COLUMNS =
                RowType.of(
                        new LogicalType[] {
                            new VarCharType(false, 10), new BigIntType(false), new IntType()
                        },
                        new String[] {"region", "id", "state"});

        static void events(long number, Collector<RowData> out) {
            out.collect(row(RowKind.INSERT, number, (int) (number % 7)));
        }

        static String expectedEvents(long rows) {
            return "SELECT 'r' || (i % 7) AS region, i AS id, (i % 7)::INTEGER AS state FROM range("
                    + rows
                    + ") r(i)";
        }

        /** All rounds of a block come before the next block, and splits begin with a block. */
        static void changes(long number, Collector<RowData> out) {
            long block = number / BLOCK;
            long key = block * KEYS + number % KEYS;
            int round = (int) (number % BLOCK / KEYS);
            int kind = (int) (key % 10);
            if (kind == 3 && round == 5 || kind == 5 && round == ROUNDS - 1) {
                out.collect(row(RowKind.DELETE, key, round - 1));
                return;
            }
            boolean isNew = round == 0 || kind == 3 && round == 6;
            if (kind == 7 && !isNew) {
                out.collect(row(RowKind.UPDATE_BEFORE, key, round - 1));
            }
            out.collect(row(isNew ? RowKind.INSERT : RowKind.UPDATE_AFTER, key, round));
        }

        static String expectedAccounts(long rows) {
            return "SELECT 'r' || (i % 7) AS region, i AS id, "
                    + (ROUNDS - 1)
                    + "::INTEGER AS state FROM range("
                    + rows / ROUNDS
                    + ") r(i) WHERE i % 10 <> 5";
        }

        private static RowData row(RowKind kind, long id, int state) {
            return GenericRowData.ofKind(kind, StringData.fromString("r" + id % 7), id, state);
        }
    }
}
