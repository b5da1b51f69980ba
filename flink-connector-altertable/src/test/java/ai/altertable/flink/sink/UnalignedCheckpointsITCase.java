package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.LocalCluster;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/**
 * Checkpoints that overtake rows. Those rows are in the checkpoint and not in the table: they come
 * again after a failure, in their order.
 */
class UnalignedCheckpointsITCase {

    private static final int KEYS = 20_000;
    private static final int ROUNDS = 20;

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        configuration.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ZERO);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(300));
        return configuration;
    }

    @Test
    void upsertsEndAsExpectedWhenCheckpointsOvertakeRows() throws Exception {
        LocalCluster cluster = LocalCluster.start(2);
        try (AltertableLocal lakehouse = AltertableLocal.start()) {
            lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT NOT NULL, name VARCHAR)");
            // Slow enough that rows wait in front of the sink.
            lakehouse
                    .faults()
                    .random(11, 0.5, Fault.delay(Duration.ofMillis(200)), Fault.status(503));
            Killer.arm(3, () -> lakehouse.arrivals().unanswered() == 0);

            StreamExecutionEnvironment env = cluster.environment(2, configuration());
            env.fromSource(
                            new DataGeneratorSource<>(
                                    number -> number, (long) KEYS * ROUNDS, Types.LONG),
                            WatermarkStrategy.noWatermarks(),
                            "numbers")
                    .setParallelism(1)
                    .map(new Killer<>(2_000))
                    .setParallelism(1)
                    .map(
                            number ->
                                    OpenWriter.order(
                                            RowKind.UPDATE_AFTER,
                                            number % KEYS,
                                            "v" + number / KEYS))
                    .returns(InternalTypeInfo.of(OpenWriter.ORDERS))
                    .setParallelism(1)
                    .sinkTo(
                            OpenWriter.builder(lakehouse, OpenWriter.ORDERS)
                                    .primaryKey("id")
                                    .set(AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS, 5_000)
                                    .build());
            JobClient job = env.executeAsync("unaligned");
            job.getJobExecutionResult().get();

            assertThat(Killer.killsLeft()).isZero();
            assertThat(
                            lakehouse.rows(
                                    "SELECT count(*), count(DISTINCT id), min(name), max(name)"
                                            + " FROM lake.main.orders"))
                    .containsExactly(List.of((long) KEYS, (long) KEYS, "v19", "v19"));
            assertThat(overtaken(cluster.restAddress(), job)).isPositive();
        } finally {
            cluster.stop();
        }
    }

    /** Bytes of rows that a checkpoint overtook, at most. */
    private static long overtaken(URI rest, JobClient job) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(rest.resolve("/jobs/" + job.getJobID() + "/checkpoints"))
                        .build();
        String checkpoints =
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
        Matcher most =
                Pattern.compile("\"persisted_data\":\\{\"min\":\\d+,\"max\":(\\d+)")
                        .matcher(checkpoints);
        assertThat(most.find()).as(checkpoints).isTrue();
        return Long.parseLong(most.group(1));
    }
}
