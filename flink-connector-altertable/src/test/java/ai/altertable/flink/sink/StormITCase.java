package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.ChunkFormat;
import ai.altertable.flink.LocalCluster;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Arrival;
import ai.altertable.local.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many rows under a storm: a tenth of all requests, chosen by a seed, goes wrong in one of many
 * ways, and tasks are killed.
 */
class StormITCase {

    private static final int PARALLELISM = 4;
    private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

    private static LocalCluster cluster;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = LocalCluster.start(PARALLELISM, METRICS.addToConfiguration(new Configuration()));
    }

    @AfterAll
    static void closeCluster() throws Exception {
        cluster.stop();
    }

    private final AltertableLocal lakehouse = AltertableLocal.start();

    @AfterEach
    void close() {
        lakehouse.close();
    }

    private void beginStorm(long seed) {
        lakehouse
                .faults()
                .random(
                        seed,
                        0.1,
                        Fault.status(503),
                        Fault.status(503).retryAfter("0"),
                        Fault.status(429).retryAfter("1"),
                        Fault.breakBefore(),
                        Fault.breakAfter(),
                        Fault.delay(Duration.ofMillis(300)));
        lakehouse.faults().refuseBodiesAbove(1_000_000);
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(500));
        return environment(parallelism, configuration);
    }

    private static StreamExecutionEnvironment environment(
            int parallelism, Configuration configuration) {
        StreamExecutionEnvironment env = cluster.environment(parallelism, configuration);
        env.setMaxParallelism(12);
        env.enableCheckpointing(1000);
        return env;
    }

    private long number(String sql) {
        return ((Number) lakehouse.rows(sql).get(0).get(0)).longValue();
    }

    private boolean isQuiet() {
        return lakehouse.arrivals().unanswered() == 0;
    }

    private AltertableSinkBuilder<RowData> sink(RowType columns) {
        return OpenWriter.builder(lakehouse, columns)
                .set(AltertableOptions.SINK_RETRY_TIMEOUT, Duration.ofMinutes(2));
    }

    private static DataStream<Long> numbers(
            StreamExecutionEnvironment env, long count, int perCheckpoint) {
        return env.fromSource(
                        new DataGeneratorSource<>(
                                number -> number,
                                count,
                                RateLimiterStrategy.perCheckpoint(perCheckpoint),
                                org.apache.flink.api.common.typeinfo.Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers");
    }

    private static final RowType APPENDED =
            RowType.of(
                    new LogicalType[] {
                        new BigIntType(false), new VarCharType(VarCharType.MAX_LENGTH)
                    },
                    new String[] {"id", "payload"});

    private static RowData appended(long id) {
        String payload = Long.toHexString(id * 0x9E3779B97F4A7C15L).repeat(8);
        return GenericRowData.of(id, StringData.fromString(payload));
    }

    private void createAppended() {
        lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT NOT NULL, payload VARCHAR)");
    }

    @Test
    void appendLosesNothingWhenTasksAreKilled() throws Exception {
        int rows = 1_000_000;
        createAppended();
        beginStorm(17);
        Killer.arm(5, this::isQuiet);
        StreamExecutionEnvironment env = environment(PARALLELISM);
        numbers(env, rows, 80_000)
                .map(new Killer<>(3_000))
                .map(StormITCase::appended)
                .returns(InternalTypeInfo.of(APPENDED))
                .sinkTo(
                        sink(APPENDED)
                                .set(AltertableOptions.SINK_FORMAT, ChunkFormat.JSONL)
                                .build());

        env.execute("append in a storm");

        assertThat(Killer.killsLeft()).isZero();
        assertThat(number("SELECT count(DISTINCT id) FROM lake.main.orders")).isEqualTo(rows);
        assertThat(number("SELECT min(id) + max(id) FROM lake.main.orders")).isEqualTo(rows - 1);
        assertThat(number("SELECT count(*) FROM (SELECT DISTINCT * FROM lake.main.orders)"))
                .isEqualTo(rows);
    }

    /** Whoever reads of no ambiguous retry knows that there is no duplicate. */
    @Test
    void duplicatesAreThereOnlyWhereAnOutcomeWasUnknownAndAreCounted() throws Exception {
        int rows = 200_000;
        createAppended();
        beginStorm(23);
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = environment(PARALLELISM, configuration);
        numbers(env, rows, 1_000_000)
                .map(StormITCase::appended)
                .returns(InternalTypeInfo.of(APPENDED))
                .sinkTo(
                        sink(APPENDED)
                                .set(AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS, 1_000)
                                .build());

        JobClient job = env.executeAsync("append in a storm, counted");
        job.getJobExecutionResult().get();

        List<Arrival> broken =
                lakehouse
                        .arrivals()
                        .matching(
                                arrival ->
                                        arrival.path().equals("/upload")
                                                && arrival.result().status() == 0);
        long workDone =
                broken.stream()
                        .filter(
                                arrival ->
                                        arrival.result().fault().orElseThrow().action()
                                                instanceof Fault.Action.BreakAfter)
                        .count();
        assertThat(workDone).isPositive();
        assertThat(sum(job, "numAmbiguousRetries")).isEqualTo(broken.size());
        assertThat(number("SELECT count(DISTINCT id) FROM lake.main.orders")).isEqualTo(rows);
        assertThat(sum(job, "numRecordsSend")).isEqualTo(rows);
        long duplicates = number("SELECT count(*) FROM lake.main.orders") - rows;
        assertThat(duplicates).isPositive().isLessThanOrEqualTo(1_000 * workDone);
    }

    private static long sum(JobClient job, String metric) {
        return METRICS.findMetrics(job.getJobID(), metric).values().stream()
                .mapToLong(
                        found ->
                                found instanceof org.apache.flink.metrics.Counter counter
                                        ? counter.getCount()
                                        : ((Number)
                                                        ((org.apache.flink.metrics.Gauge<?>) found)
                                                                .getValue())
                                                .longValue())
                .sum();
    }

    /** An account per region and number, updated in rounds. */
    private static final class Accounts {

        static final int KEYS = 100_000;
        static final int ROUNDS = 20;
        static final int BLOCK = 1_000;

        static final RowType COLUMNS =
                RowType.of(
                        new LogicalType[] {
                            new VarCharType(false, 10), new BigIntType(false), new VarCharType(20)
                        },
                        new String[] {"region", "id", "state"});

        /**
         * All rounds of a block of keys come before the next block, and the source's splits begin
         * with a block: so the order of a key's changes is known at any parallelism.
         */
        static void changes(long number, Collector<RowData> out) {
            long block = number / (BLOCK * ROUNDS);
            long key = block * BLOCK + number % BLOCK;
            int round = (int) (number % (BLOCK * ROUNDS) / BLOCK);
            int kind = (int) (key % 10);
            if (kind == 3 && round == 10 || kind == 5 && round == ROUNDS - 1) {
                out.collect(row(RowKind.DELETE, key, round - 1));
                return;
            }
            boolean isNew = round == 0 || kind == 3 && round == 11;
            if (kind == 7 && !isNew) {
                out.collect(row(RowKind.UPDATE_BEFORE, key, round - 1));
            }
            out.collect(row(isNew ? RowKind.INSERT : RowKind.UPDATE_AFTER, key, round));
        }

        private static RowData row(RowKind kind, long key, int round) {
            return GenericRowData.ofKind(
                    kind,
                    StringData.fromString("r" + key % 7),
                    key,
                    StringData.fromString("v" + round));
        }

        /** The rows that are missing, superfluous or wrong. */
        static final String DIFFERENCES =
                """
                WITH expected AS (
                    SELECT 'r' || (i % 7) AS region, i AS id, 'v19' AS state
                    FROM range(100000) r(i) WHERE i % 10 <> 5)
                SELECT count(*) FROM (
                    (FROM expected EXCEPT ALL FROM lake.main.orders)
                    UNION ALL (FROM lake.main.orders EXCEPT ALL FROM expected))
                """;
    }

    private DataStream<RowData> accounts(StreamExecutionEnvironment env, int perCheckpoint) {
        return numbers(env, (long) Accounts.KEYS * Accounts.ROUNDS, perCheckpoint)
                .map(new Killer<>(3_000))
                .flatMap((FlatMapFunction<Long, RowData>) Accounts::changes)
                .returns(InternalTypeInfo.of(Accounts.COLUMNS));
    }

    private AltertableSink<RowData> upserting() {
        lakehouse.execute(
                "CREATE TABLE IF NOT EXISTS lake.main.orders"
                        + " (region VARCHAR, id BIGINT, state VARCHAR)");
        return sink(Accounts.COLUMNS).primaryKey("region", "id").build();
    }

    private void checkAccounts(int atATime) {
        assertThat(number(Accounts.DIFFERENCES)).isZero();
        assertThat(
                        number(
                                "SELECT count(*) - count(DISTINCT (region, id))"
                                        + " FROM lake.main.orders"))
                .isZero();
        assertThat(mostAtATime()).isLessThanOrEqualTo(atATime);
    }

    /** How many upserts and deletes were being carried out at one moment, at most. */
    private int mostAtATime() {
        List<Arrival> writes =
                lakehouse
                        .arrivals()
                        .matching(
                                arrival ->
                                        arrival.path().equals("/upsert")
                                                || arrival.body()
                                                        .statement()
                                                        .startsWith("DELETE FROM"));
        int most = 0;
        for (Arrival one : writes) {
            LongFunction<Long> running =
                    number ->
                            writes.stream()
                                    .filter(
                                            other ->
                                                    !other.result()
                                                                    .started()
                                                                    .isAfter(one.result().started())
                                                            && other.result()
                                                                    .ended()
                                                                    .isAfter(
                                                                            one.result().started()))
                                    .count();
            most = Math.max(most, running.apply(one.number()).intValue());
        }
        return most;
    }

    @Test
    void upsertsEndAsExpectedWhenTasksAreKilled() throws Exception {
        beginStorm(5);
        Killer.arm(5, this::isQuiet);
        StreamExecutionEnvironment env = environment(PARALLELISM);
        accounts(env, 160_000).sinkTo(upserting()).uid("sink");

        env.execute("upserts in a storm");

        assertThat(Killer.killsLeft()).isZero();
        checkAccounts(PARALLELISM);
    }

    @Test
    void upsertsEndAsExpectedThroughRescaling(@TempDir Path savepoints) throws Exception {
        beginStorm(7);
        Killer.arm(0, this::isQuiet);
        List<String> taken = new ArrayList<>();
        taken.add("");
        for (int parallelism : new int[] {4, 2}) {
            JobClient job = startFrom(taken.get(taken.size() - 1), parallelism);
            long goal = number("SELECT count(*) FROM lake.main.orders") + 20_000;
            Await.until(
                    "some rows are in",
                    () -> number("SELECT count(*) FROM lake.main.orders") >= goal);
            taken.add(
                    job.stopWithSavepoint(
                                    false,
                                    savepoints.toUri().toString(),
                                    SavepointFormatType.CANONICAL)
                            .get());
            Await.until("the job has ended", () -> job.getJobStatus().get() == JobStatus.FINISHED);
        }
        assertThat(number(Accounts.DIFFERENCES)).isPositive();

        startFrom(taken.get(2), 3).getJobExecutionResult().get();

        checkAccounts(PARALLELISM);
    }

    private JobClient startFrom(String savepoint, int parallelism) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        if (!savepoint.isEmpty()) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = environment(parallelism, configuration);
        accounts(env, 160_000).sinkTo(upserting()).uid("sink");
        return env.executeAsync("upserts at parallelism " + parallelism);
    }
}
