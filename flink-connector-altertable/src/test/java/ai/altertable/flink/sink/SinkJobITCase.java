package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.Threads;
import ai.altertable.local.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole jobs: when rows become visible, and how jobs end. */
class SinkJobITCase extends OrdersJobs {

    private static final Duration NEVER = Duration.ofHours(1);

    private static StreamExecutionEnvironment environment(int parallelism) {
        return environment(parallelism, new Configuration());
    }

    private void endless(
            StreamExecutionEnvironment env, UnaryOperator<AltertableSinkBuilder<RowData>> options) {
        rows(env, Long.MAX_VALUE, RateLimiterStrategy.perSecond(1000), options);
    }

    private void rows(
            StreamExecutionEnvironment env,
            long count,
            RateLimiterStrategy rate,
            UnaryOperator<AltertableSinkBuilder<RowData>> options) {
        env.fromSource(
                        new DataGeneratorSource<>(number -> number, count, rate, Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .map(number -> OpenWriter.order(RowKind.INSERT, number % 100_000, "n" + number))
                .returns(InternalTypeInfo.of(OpenWriter.ORDERS))
                .sinkTo(options.apply(OpenWriter.builder(lakehouse, OpenWriter.ORDERS)).build());
    }

    private static void cancel(JobClient job) throws Exception {
        job.cancel().get();
        Await.until("the job has ended", () -> job.getJobStatus().get() == JobStatus.CANCELED);
    }

    @Test
    void theIntervalAloneMakesRowsVisibleWithoutCheckpoints() throws Exception {
        StreamExecutionEnvironment env = environment(2);
        endless(
                env,
                sink ->
                        sink.set(
                                AltertableOptions.SINK_BUFFER_FLUSH_INTERVAL,
                                Duration.ofMillis(200)));
        JobClient job = env.executeAsync("by interval");

        Await.until("rows are visible", () -> count() > 0);
        cancel(job);
    }

    @Test
    void checkpointsAloneMakeRowsVisible() throws Exception {
        StreamExecutionEnvironment env = environment(2);
        env.enableCheckpointing(200);
        endless(env, sink -> sink.set(AltertableOptions.SINK_BUFFER_FLUSH_INTERVAL, NEVER));
        JobClient job = env.executeAsync("by checkpoints");

        Await.until("rows are visible", () -> count() > 0);
        cancel(job);
    }

    @ParameterizedTest
    @EnumSource(
            value = RuntimeExecutionMode.class,
            names = {"STREAMING", "BATCH"})
    void theEndOfTheInputUploadsEverything(RuntimeExecutionMode mode) throws Exception {
        StreamExecutionEnvironment env = environment(3);
        env.setRuntimeMode(mode);
        rows(
                env,
                5_000,
                RateLimiterStrategy.noOp(),
                sink -> sink.set(AltertableOptions.SINK_BUFFER_FLUSH_INTERVAL, NEVER));

        env.execute("bounded");

        assertThat(count()).isEqualTo(5_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = RuntimeExecutionMode.class,
            names = {"STREAMING", "BATCH"})
    void upsertsOfManySubtasksLeaveOneRowOfEachKey(RuntimeExecutionMode mode) throws Exception {
        StreamExecutionEnvironment env = environment(3);
        env.setRuntimeMode(mode);
        rows(env, 300_000, RateLimiterStrategy.noOp(), sink -> sink.primaryKey("id"));

        env.execute("bounded upserts");

        assertThat(count()).isEqualTo(100_000);
        assertThat(
                        lakehouse.rows(
                                "SELECT id FROM lake.main.orders GROUP BY id HAVING count(*) > 1"))
                .isEmpty();
    }

    @Test
    void cancellingNeverHangsAndLeavesNothingBehind() throws Exception {
        lakehouse.faults().add(Fault.delay(Duration.ofSeconds(10)).onPath("/upload").forever());
        StreamExecutionEnvironment env = environment(2);
        env.enableCheckpointing(500);
        endless(
                env,
                sink ->
                        sink.set(AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS, 10)
                                .set(AltertableOptions.SINK_REQUESTS_MAX_INFLIGHT, 3));
        JobClient job = env.executeAsync("stuck");
        Await.until("all requests are stuck", () -> lakehouse.arrivals().unanswered() == 6);
        assertThat(connections()).isPositive();
        long began = System.nanoTime();

        cancel(job);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        Await.until("no thread is left", () -> Threads.ofConnector().isEmpty());
        Await.until("no connection is left", () -> connections() == 0);
    }

    /** As the operating system counts them; it has a file for that on Linux only. */
    private long connections() throws IOException {
        String port = String.format(":%04X ", lakehouse.url().getPort());
        String established = " 01 ";
        long count = 0;
        for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            assumeThat(Path.of(file)).exists();
            count +=
                    Files.readAllLines(Path.of(file)).stream()
                            .filter(line -> line.contains(port) && line.contains(established))
                            .count();
        }
        return count;
    }

    @Test
    void aTableThatIsMissingFailsTheJobWithTheOption() {
        lakehouse.execute("DROP TABLE lake.main.orders");
        StreamExecutionEnvironment env = environment(1);
        endless(env, sink -> sink);

        assertThatThrownBy(() -> env.execute("no table")).hasStackTraceContaining("'table'");
    }
}
