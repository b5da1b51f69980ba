package ai.altertable.flink.sink;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.LocalCluster;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Storage;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;

/**
 * What exactly-once costs beside at-least-once: the same rows with both, in turns, in one JVM with
 * the lakehouse. For {@code docs/performance.md}; nothing that a test could fail by.
 */
final class ExactlyOnceCost {

    private static final long ROWS = 4_000_000;
    private static final int ROUNDS = 2;

    private ExactlyOnceCost() {}

    public static void main(String[] args) throws Exception {
        LocalCluster cluster = LocalCluster.start(2);
        for (Storage storage : Storage.values()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (DeliveryGuarantee guarantee :
                        new DeliveryGuarantee[] {
                            DeliveryGuarantee.AT_LEAST_ONCE, DeliveryGuarantee.EXACTLY_ONCE
                        }) {
                    measure(cluster, storage, guarantee);
                }
            }
        }
        cluster.stop();
        Runtime.getRuntime().halt(0);
    }

    private static void measure(LocalCluster cluster, Storage storage, DeliveryGuarantee guarantee)
            throws Exception {
        try (AltertableLocal lakehouse = AltertableLocal.builder().storage(storage).start()) {
            lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT NOT NULL, name VARCHAR)");
            Configuration configuration = new Configuration();
            configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
            StreamExecutionEnvironment env = cluster.environment(2, configuration);
            env.fromSequence(0, ROWS - 1)
                    .map(id -> (RowData) GenericRowData.of(id, StringData.fromString("n" + id)))
                    .returns(InternalTypeInfo.of(OpenWriter.ORDERS))
                    .sinkTo(
                            OpenWriter.builder(lakehouse, OpenWriter.ORDERS)
                                    .set(AltertableOptions.SINK_DELIVERY_GUARANTEE, guarantee)
                                    .build());
            long began = System.nanoTime();
            env.execute();
            double seconds = (System.nanoTime() - began) / 1e9;
            int uploads = lakehouse.arrivals().matching(a -> a.path().equals("/upload")).size();
            int queries = lakehouse.arrivals().matching(a -> a.path().equals("/query")).size();
            int commits =
                    lakehouse
                            .arrivals()
                            .matching(a -> a.body().statement().contains(ExactlyOnceSuite.COMMIT))
                            .size();
            System.getLogger("cost")
                    .log(
                            System.Logger.Level.INFO,
                            "%s %s: %.2f s, %.0f rows/s; %d uploads, %d queries, %d of them commits; rows %s"
                                    .formatted(
                                            storage,
                                            guarantee,
                                            seconds,
                                            ROWS / seconds,
                                            uploads,
                                            queries,
                                            commits,
                                            lakehouse.rows(
                                                    "SELECT count(*) FROM lake.main.orders")));
        }
    }
}
