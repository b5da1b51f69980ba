package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.AltertableOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exactly once in jobs of Flink's: when it may run, and its way through savepoints. */
class ExactlyOnceJobITCase extends OrdersJobs {

    @TempDir private Path savepoints;

    private void write(StreamExecutionEnvironment env, long rows, boolean keyed) {
        AltertableSinkBuilder<RowData> sink =
                OpenWriter.builder(lakehouse, OpenWriter.ORDERS)
                        .set(
                                AltertableOptions.SINK_DELIVERY_GUARANTEE,
                                DeliveryGuarantee.EXACTLY_ONCE);
        env.fromSource(
                        new DataGeneratorSource<>(
                                number -> number,
                                rows,
                                RateLimiterStrategy.perCheckpoint(300),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .map(id -> (RowData) GenericRowData.of(id, StringData.fromString("n" + id)))
                .returns(InternalTypeInfo.of(OpenWriter.ORDERS))
                .sinkTo((keyed ? sink.primaryKey("id") : sink).build())
                .uid("sink");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STREAMING", "AUTOMATIC"})
    void isRefusedWithoutCheckpoints(RuntimeExecutionMode mode) {
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
        StreamExecutionEnvironment env = environment(1, configuration);
        write(env, 10, false);

        assertThatThrownBy(env::execute)
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("execution.checkpointing.interval")
                .hasMessageContaining("sink.delivery-guarantee");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void commitsABatchAtItsEnd(boolean keyed) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        StreamExecutionEnvironment env = environment(3, configuration);
        env.fromSequence(0, 999)
                .map(id -> (RowData) GenericRowData.of(id, StringData.fromString("n" + id)))
                .returns(InternalTypeInfo.of(OpenWriter.ORDERS))
                .sinkTo(
                        OpenWriter.builder(lakehouse, OpenWriter.ORDERS)
                                .set(
                                        AltertableOptions.SINK_DELIVERY_GUARANTEE,
                                        DeliveryGuarantee.EXACTLY_ONCE)
                                .primaryKey(keyed ? new String[] {"id"} : new String[0])
                                .build());

        env.execute();

        assertThat(count()).isEqualTo(1_000);
        assertThat(number("SELECT count(DISTINCT committed_at) FROM lake.main.__flink_commits"))
                .as("transactions")
                .isEqualTo(1);
    }

    /** A stream that is stopped and resumed, with more subtasks and with fewer. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOnFromASavepointAtAnotherParallelism(boolean keyed) throws Exception {
        String savepoint = "";
        for (int parallelism : new int[] {2, 3, 1}) {
            JobClient job = start(savepoint, parallelism, keyed);
            long goal = count() + 1_000;
            Await.until("some rows are in", () -> count() >= goal);
            savepoint =
                    job.stopWithSavepoint(
                                    false,
                                    savepoints.toUri().toString(),
                                    SavepointFormatType.CANONICAL)
                            .get();
            Await.until("the job has ended", () -> job.getJobStatus().get() == JobStatus.FINISHED);
        }
        assertEachOnce();

        JobClient last = start(savepoint, 3, keyed);
        Await.until("more rows are in", () -> count() >= 4_000);
        last.cancel().get();

        assertEachOnce();
        assertThat(number("SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE '%staged%'"))
                .as("what no checkpoint completed")
                .isLessThanOrEqualTo(9);
    }

    /** What came once was numbered from 0 by three splits, each in its order. */
    private void assertEachOnce() {
        assertThat(number("SELECT count(*) - count(DISTINCT id) FROM lake.main.orders")).isZero();
        assertThat(
                        number(
                                "SELECT count(*) FROM (SELECT id - row_number() OVER (PARTITION BY"
                                        + " id // 500000 ORDER BY id) AS gap FROM lake.main.orders)"
                                        + " WHERE (gap + 1) % 500000 <> 0"))
                .as("gaps")
                .isZero();
    }

    private JobClient start(String savepoint, int parallelism, boolean keyed) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(150));
        if (!savepoint.isEmpty()) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment env = environment(parallelism, configuration);
        // Else the first run would set it, and the state would fit no larger one.
        env.setMaxParallelism(12);
        write(env, 1_000_000, keyed);
        return env.executeAsync("exactly once");
    }
}
