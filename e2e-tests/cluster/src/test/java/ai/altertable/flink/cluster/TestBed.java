package ai.altertable.flink.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Flink cluster and a lakehouse, as a user has them: processes that know only their addresses.
 */
final class TestBed implements AutoCloseable {

    static final Path CONNECTOR =
            Path.of(
                    "..",
                    "..",
                    "flink-sql-connector-altertable",
                    "target",
                    "flink-sql-connector-altertable.jar");

    private final FlinkCluster flink;
    private final LakehouseProcess lakehouse;

    private TestBed(FlinkCluster flink, LakehouseProcess lakehouse) {
        this.flink = flink;
        this.lakehouse = lakehouse;
    }

    /**
     * @param name of the folder below target/ with all logs
     * @param lib what is in lib/ beside Flink's own
     */
    static TestBed start(String name, FlinkHome home, List<Path> lib) throws Exception {
        Files.createDirectories(Path.of("target"));
        Path folder = Files.createTempDirectory(Path.of("target"), name + "-");
        LakehouseProcess lakehouse = new LakehouseProcess(folder);
        try {
            TestBed bed = new TestBed(FlinkCluster.start(home, folder, lib), lakehouse);
            lakehouse.awaitServing();
            return bed;
        } catch (Throwable e) {
            lakehouse.close();
            throw e;
        }
    }

    FlinkCluster flink() {
        return flink;
    }

    FlinkRest rest() {
        return flink.rest();
    }

    LakehouseProcess lakehouse() {
        return lakehouse;
    }

    SqlGateway batch() throws IOException, InterruptedException {
        return flink.sql(Map.of("execution.runtime-mode", "batch"));
    }

    SqlGateway streaming() throws IOException, InterruptedException {
        return flink.sql(Map.of("execution.runtime-mode", "streaming"));
    }

    /** Declares a table of the lakehouse in Flink; a sink makes it there. */
    void declare(SqlGateway sql, String table, String columns, String... options) throws Exception {
        StringBuilder more = new StringBuilder();
        for (String option : options) {
            more.append(", ").append(option);
        }
        sql.rows(
                "CREATE TABLE "
                        + table
                        + " ("
                        + columns
                        + ") WITH ('connector' = 'altertable', 'url' = '"
                        + lakehouse.url()
                        + "', 'catalog' = 'lake', 'username' = '"
                        + LakehouseProcess.USER
                        + "', 'password' = '"
                        + LakehouseProcess.USER
                        + "', 'table' = '"
                        + table
                        + "', 'sink.create-table' = 'true'"
                        + more
                        + ")");
    }

    /** Declares a stream of the numbers from 0, so many each second. */
    static void declareNumbers(SqlGateway sql, long count, long perSecond) throws Exception {
        sql.rows(
                "CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' ="
                        + " 'sequence', 'fields.n.start' = '0', 'fields.n.end' = '"
                        + (count - 1)
                        + "', 'rows-per-second' = '"
                        + perSecond
                        + "')");
    }

    /** Runs an INSERT to its end. */
    void run(SqlGateway sql, String insert) throws Exception {
        rest().awaitFinished(sql.submit(insert));
    }

    /** Leaves nothing of a test that the next one could meet but its tables. */
    void tidy() throws Exception {
        lakehouse.clearFaults();
        rest().cancelAll();
    }

    @Override
    public void close() {
        flink.close();
        lakehouse.close();
    }
}
