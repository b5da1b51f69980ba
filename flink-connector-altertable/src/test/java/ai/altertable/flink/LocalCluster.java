package ai.altertable.flink;

import java.net.URI;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;

/** A Flink cluster in this process, for many jobs. */
public final class LocalCluster {

    private final MiniCluster cluster;

    private LocalCluster(MiniCluster cluster) {
        this.cluster = cluster;
    }

    public static LocalCluster start(int slots) throws Exception {
        return start(slots, new Configuration());
    }

    public static LocalCluster start(int slots, Configuration configuration) throws Exception {
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .setConfiguration(configuration)
                                .withRandomPorts()
                                .build());
        cluster.start();
        return new LocalCluster(cluster);
    }

    /** For one job on this cluster. */
    public StreamExecutionEnvironment environment(int parallelism, Configuration configuration) {
        return new TestStreamEnvironment(cluster, configuration, parallelism, List.of(), List.of());
    }

    /** Where its REST API is. */
    public URI restAddress() throws Exception {
        return cluster.getRestAddress().get();
    }

    public void stop() throws Exception {
        cluster.close();
    }
}
