package ai.altertable.flink.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/**
 * The rows of {@link Lineitem} through one Flink job into one contender, in a JVM of its own: once
 * to warm up, then measured. Prints a line {@code RESULT seconds cpu-seconds allocated-bytes}.
 */
public final class SinkJob {

    private static final double NANOS = 1e9;

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
                        + columns()
                        + " WITH ("
                        + contender.table(server, folder)
                        + ")");
        run(flink, contender, rows / 2);
        long allocated = allocated();
        long cpu = cpu();
        long begin = System.nanoTime();
        run(flink, contender, rows);
        System.out.printf(
                Locale.ROOT,
                "RESULT %.3f %.3f %d%n",
                (System.nanoTime() - begin) / NANOS,
                (cpu() - cpu) / NANOS,
                allocated() - allocated);
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
                        + columns()
                        + " WITH ('connector' = 'lineitem', 'rows' = '"
                        + rows
                        + "')");
        flink.executeSql(
                "INSERT INTO "
                        + contender.target()
                        + " SELECT * FROM default_catalog.default_database.lines_"
                        + rows);
    }

    private static String columns() {
        String row = Lineitem.TYPE.asSerializableString();
        return "(" + row.substring(row.indexOf('<') + 1, row.lastIndexOf('>')) + ")";
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** By all threads, also those that have ended. */
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }
}
