package ai.altertable.flink.quickstart;

import java.net.URI;
import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/** A Flink cluster in this JVM, with its web page. */
final class LocalFlink implements AutoCloseable {

    private static final int SLOTS = 4;
    private static final int RESTARTS = 2;

    /** Flink's usual port and some behind it, for when that is taken. */
    private static final String PORTS = "8081-8099";

    /** How old the numbers of the page and the REST API may be. */
    private static final Duration FRESH = Duration.ofMillis(250);

    private final MiniCluster cluster;
    private final URI page;

    private LocalFlink(MiniCluster cluster, URI page) {
        this.cluster = cluster;
        this.page = page;
    }

    static LocalFlink start() throws Exception {
        Configuration config = new Configuration();
        config.set(RestOptions.BIND_PORT, PORTS);
        config.set(RestOptions.ADDRESS, "127.0.0.1");
        config.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
        // By default they show what was true seconds ago.
        config.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, FRESH);
        config.set(WebOptions.REFRESH_INTERVAL, FRESH);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(config)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(SLOTS)
                                .build());
        cluster.start();
        URI page = cluster.getRestAddress().get();
        return new LocalFlink(cluster, page);
    }

    /** Where its page and its REST API are. */
    URI page() {
        return page;
    }

    /** What runs SQL on it, in one of Flink's two modes. */
    TableEnvironment tables(RuntimeExecutionMode mode) {
        Configuration config = new Configuration();
        config.set(ExecutionOptions.RUNTIME_MODE, mode);
        config.set(DeploymentOptions.TARGET, "remote");
        config.set(RestOptions.ADDRESS, page.getHost());
        config.set(RestOptions.PORT, page.getPort());
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        // What goes wrong again and again is to be seen, not to be tried for ever.
        config.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        config.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTARTS);
        return TableEnvironment.create(
                EnvironmentSettings.newInstance().withConfiguration(config).build());
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }
}
