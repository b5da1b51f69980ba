package ai.altertable.flink.table;

import ai.altertable.flink.LocalCluster;
import ai.altertable.local.AltertableLocal;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** Flink SQL of tests, on a lakehouse of the test's own. */
final class Sql {

    private final StreamExecutionEnvironment stream;
    private final StreamTableEnvironment tables;

    private Sql(StreamExecutionEnvironment stream) {
        this.stream = stream;
        this.tables = StreamTableEnvironment.create(stream);
    }

    /** A failure fails the job at once. */
    static Sql on(LocalCluster cluster, int parallelism) {
        return on(cluster, parallelism, RuntimeExecutionMode.STREAMING);
    }

    static Sql on(LocalCluster cluster, int parallelism, RuntimeExecutionMode mode) {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
        return new Sql(cluster.environment(parallelism, configuration));
    }

    StreamExecutionEnvironment stream() {
        return stream;
    }

    StreamTableEnvironment tables() {
        return tables;
    }

    /** Declares a table of the lakehouse. */
    void declare(AltertableLocal lakehouse, String table, String columns, String... options) {
        tables.executeSql(
                "CREATE TABLE "
                        + table
                        + " ("
                        + columns
                        + ") WITH ("
                        + with(lakehouse, table, options)
                        + ")");
    }

    /**
     * @param options each as {@code key=value}
     */
    static String with(AltertableLocal lakehouse, String table, String... options) {
        return Stream.concat(
                        Stream.of(
                                "connector=altertable",
                                "url=" + lakehouse.url(),
                                "catalog=lake",
                                "table=" + table,
                                "username=" + lakehouse.username(),
                                "password=" + lakehouse.password()),
                        Arrays.stream(options))
                .map(Sql::quoted)
                .collect(Collectors.joining(", "));
    }

    private static String quoted(String option) {
        int equals = option.indexOf('=');
        return "'" + option.substring(0, equals) + "' = '" + option.substring(equals + 1) + "'";
    }

    /** Runs a statement to its end. */
    void run(String statement) throws Exception {
        tables.executeSql(statement).await();
    }
}
