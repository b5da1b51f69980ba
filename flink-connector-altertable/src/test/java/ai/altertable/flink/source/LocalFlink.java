package ai.altertable.flink.source;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;

/** A cluster of Flink's in this JVM, with a job manager that can lose its job. */
final class LocalFlink implements AutoCloseable {

    private static final int MOST_ROWS = 10_000_000;

    private final MiniCluster cluster;

    private LocalFlink(MiniCluster cluster) {
        this.cluster = cluster;
    }

    static LocalFlink start(int slots, Configuration configuration) throws Exception {
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .withRandomPorts()
                                .setHaServices(MiniCluster.HaServices.WITH_LEADERSHIP_CONTROL)
                                .build());
        cluster.start();
        return new LocalFlink(cluster);
    }

    /** One whose jobs start anew at once, so many times, from checkpoints of this interval. */
    static LocalFlink restarting(int slots, int attempts, Duration checkpoints) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, attempts);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints);
        return start(slots, configuration);
    }

    StreamExecutionEnvironment environment(int parallelism) {
        StreamExecutionEnvironment env = new TestStreamEnvironment(cluster, parallelism);
        env.configure(cluster.getConfiguration());
        env.setParallelism(parallelism);
        return env;
    }

    <T> List<T> collect(AltertableSource<T> source, int parallelism) throws Exception {
        return environment(parallelism)
                .fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                .executeAndCollect(MOST_ROWS);
    }

    /** The job starts over from its last checkpoint, under a new job manager. */
    void killJobManager(JobID job) throws Exception {
        var leadership = cluster.getHaLeadershipControl().orElseThrow();
        leadership.revokeJobMasterLeadership(job).get(60, TimeUnit.SECONDS);
        leadership.grantJobMasterLeadership(job).get(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }
}
