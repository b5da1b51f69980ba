package ai.altertable.flink.benchmarks;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/**
 * The rows of {@link Lineitem} through one Flink job into one contender, in a JVM of its own: once
 * to warm up, then measured.
 */
public final class SinkJob {

    private SinkJob() {}

    public static void main(String[] arguments) throws Exception {
        SinkContender contender = SinkContender.valueOf(arguments[0]);
        String server = arguments[1];
        long rows = Long.parseLong(arguments[2]);
        String folder = arguments[3];
        TableEnvironment flink = environment();
        for (String statement : contender.preparations(folder)) {
            flink.executeSql(statement);
        }
        flink.executeSql(
                "CREATE TABLE "
                        + contender.target()
                        + " "
                        + Lineitem.columns()
                        + " WITH ("
                        + contender.table(server, folder)
                        + ")");
        run(flink, contender, rows / 2);
        System.out.println(Measurement.of(() -> run(flink, contender, rows)).line());
        // Some contenders leave threads behind that would keep the JVM.
        System.exit(0);
    }

    private static TableEnvironment environment() {
        Configuration config = new Configuration();
        config.setString("parallelism.default", "1");
        config.setString("pipeline.object-reuse", "true");
        config.setString("execution.checkpointing.interval", "2 s");
        config.setString("table.dml-sync", "true");
        return TableEnvironment.create(
                EnvironmentSettings.newInstance().withConfiguration(config).build());
    }

    private static void run(TableEnvironment flink, SinkContender contender, long rows) {
        flink.executeSql(
                "CREATE TEMPORARY TABLE lines_"
                        + rows
                        + " "
                        + Lineitem.columns()
                        + " WITH ('connector' = 'lineitem', 'rows' = '"
                        + rows
                        + "')");
        flink.executeSql(
                "INSERT INTO "
                        + contender.target()
                        + " SELECT * FROM default_catalog.default_database.lines_"
                        + rows);
    }
}
