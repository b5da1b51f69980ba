package ai.altertable.flink.table;

import ai.altertable.local.AltertableLocal;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** Flink SQL on a lakehouse of the test's own. */
@SuppressWarnings("try")
final class TableLake implements AutoCloseable {

    final AltertableLocal lake;

    TableLake() {
        this(AltertableLocal.start());
    }

    TableLake(AltertableLocal lake) {
        this.lake = lake;
    }

    static StreamTableEnvironment batch(int parallelism) {
        return environment(EnvironmentSettings.newInstance().inBatchMode(), parallelism);
    }

    static StreamTableEnvironment streaming(int parallelism) {
        return environment(EnvironmentSettings.newInstance().inStreamingMode(), parallelism);
    }

    private static StreamTableEnvironment environment(
            EnvironmentSettings.Builder settings, int parallelism) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        env.setParallelism(parallelism);
        StreamTableEnvironment tables = StreamTableEnvironment.create(env, settings.build());
        tables.getConfig().set("table.local-time-zone", "UTC");
        return tables;
    }

    /** Declares a table of the lakehouse under its own name, or a query. */
    void declare(StreamTableEnvironment tables, String name, String columns, String... options) {
        List<String> all = new ArrayList<>(List.of("connector", "altertable"));
        all.addAll(List.of("url", lake.url().toString()));
        all.addAll(List.of("username", lake.username(), "password", lake.password()));
        all.addAll(List.of("catalog", "lake"));
        all.addAll(List.of(options));
        List<String> with = new ArrayList<>();
        for (int i = 0; i < all.size(); i += 2) {
            with.add("'%s' = '%s'".formatted(all.get(i), all.get(i + 1).replace("'", "''")));
        }
        tables.executeSql(
                "CREATE TABLE %s (%s) WITH (%s)".formatted(name, columns, String.join(", ", with)));
    }

    static List<String> rows(StreamTableEnvironment tables, String sql) throws Exception {
        return collect(tables, sql).stream().map(Row::toString).toList();
    }

    static List<Row> collect(StreamTableEnvironment tables, String sql) throws Exception {
        List<Row> rows = new ArrayList<>();
        CloseableIterator<Row> result = tables.executeSql(sql).collect();
        try {
            result.forEachRemaining(rows::add);
        } finally {
            result.close();
        }
        return rows;
    }

    /** The physical plan alone. */
    static String plan(StreamTableEnvironment tables, String sql) {
        String all = tables.explainSql(sql);
        String from = "== Optimized Physical Plan ==";
        return all.substring(
                        all.indexOf(from) + from.length(),
                        all.indexOf("== Optimized Execution Plan =="))
                .strip();
    }

    @Override
    public void close() {
        lake.close();
    }
}
