package ai.altertable.flink.sink;

import ai.altertable.flink.LocalCluster;
import ai.altertable.local.AltertableLocal;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** For tests of whole jobs into a table of orders, each in a lakehouse of its own. */
abstract class OrdersJobs {

    private static LocalCluster cluster;

    final AltertableLocal lakehouse = AltertableLocal.start();

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = LocalCluster.start(4);
    }

    @AfterAll
    static void closeCluster() throws Exception {
        cluster.stop();
    }

    @BeforeEach
    void createTable() {
        lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT NOT NULL, name VARCHAR)");
    }

    @AfterEach
    void close() {
        lakehouse.close();
    }

    final long number(String sql) {
        return ((Number) lakehouse.rows(sql).get(0).get(0)).longValue();
    }

    final long count() {
        return number("SELECT count(*) FROM lake.main.orders");
    }

    /** In which a job that fails has failed. */
    static StreamExecutionEnvironment environment(int parallelism, Configuration more) {
        Configuration configuration = new Configuration(more);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return cluster.environment(parallelism, configuration);
    }
}
