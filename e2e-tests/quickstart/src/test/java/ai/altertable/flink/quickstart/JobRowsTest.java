package ai.altertable.flink.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told of a job's rows while it runs. */
class JobRowsTest {

    private static final long FEW = 1_000;
    private static final JobID JOB = new JobID(1, 2);
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static LocalFlink flink;

    private final TableEnvironment tables = flink.tables(RuntimeExecutionMode.STREAMING);

    @BeforeAll
    static void startFlink() throws Exception {
        flink = LocalFlink.start();
    }

    @AfterAll
    static void stopFlink() {
        flink.close();
    }

    @Test
    void riseWhileAChainOfOperatorsRuns() throws Exception {
        JobRows rows = new JobRows(flink.page(), table -> OptionalLong.empty());
        JobClient job = start("INSERT INTO nowhere SELECT n FROM numbers");
        try {
            long some = awaitMoreThan(0, rows, job);
            awaitMoreThan(some, rows, job);
            assertThat(rows.total(job.getJobID())).isEmpty();
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void areKnownBeforeOfATableWithAnEnd() throws Exception {
        JobRows rows = new JobRows(flink.page(), this::size);
        JobClient whole =
                start(
                        "EXECUTE STATEMENT SET BEGIN INSERT INTO nowhere SELECT n FROM few;"
                                + " INSERT INTO nowhere SELECT MAX(n) FROM few GROUP BY n; END");
        JobClient part = start("INSERT INTO nowhere SELECT n FROM few LIMIT 10");
        JobClient two =
                start("INSERT INTO nowhere SELECT n FROM few UNION ALL SELECT n FROM numbers");
        try {
            assertThat(rows.total(whole.getJobID())).hasValue(FEW);
            assertThat(rows.total(part.getJobID())).isEmpty();
            assertThat(rows.total(two.getJobID())).isEmpty();
        } finally {
            two.cancel().get();
        }
    }

    /** A task that feeds two others has sent each row twice. */
    @Test
    void areThoseOfTheSourcesAlone() throws Exception {
        Map<String, String> answers =
                Map.of(
                        "/jobs/" + JOB,
                        "{\"plan\": {\"nodes\": [{\"id\": \"b\", \"inputs\": [{\"id\": \"a\"}]},"
                                + " {\"id\": \"a\"}, {\"id\": \"c\"}]}}",
                        "/jobs/" + JOB + "/vertices/a/subtasks/metrics",
                        "[{\"id\": \"numRecordsOut\"}, {\"id\": \"Calc[2].numRecordsOut\"},"
                                + " {\"id\": \"Source__shop[1].numRecordsOut\"}]",
                        "/jobs/"
                                + JOB
                                + "/vertices/a/subtasks/metrics?agg=sum&get=Source__shop%5B1%5D.numRecordsOut",
                        "[{\"id\": \"Source__shop[1].numRecordsOut\", \"sum\": 7.0}]",
                        // Its task has not begun.
                        "/jobs/" + JOB + "/vertices/c/subtasks/metrics",
                        "[]");
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> answer(exchange, answers));
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            assertThat(new JobRows(address, this::size).of(JOB)).isEqualTo(7);
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, Map<String, String> answers)
            throws IOException {
        byte[] body = answers.get(exchange.getRequestURI().toString()).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private JobClient start(String insert) {
        tables.executeSql(
                "CREATE TEMPORARY TABLE IF NOT EXISTS numbers (n INT) WITH ('connector' ="
                        + " 'datagen', 'rows-per-second' = '1000')");
        tables.executeSql(
                "CREATE TEMPORARY TABLE IF NOT EXISTS few (n INT) WITH ('connector' = 'datagen',"
                        + " 'rows-per-second' = '1000', 'number-of-rows' = '"
                        + FEW
                        + "')");
        tables.executeSql(
                "CREATE TEMPORARY TABLE IF NOT EXISTS nowhere (n INT) WITH ('connector' ="
                        + " 'blackhole')");
        return tables.executeSql(insert).getJobClient().orElseThrow();
    }

    private OptionalLong size(String table) {
        return table.equals("`default_catalog`.`default_database`.`few`")
                ? OptionalLong.of(FEW)
                : OptionalLong.empty();
    }

    private static long awaitMoreThan(long before, JobRows rows, JobClient job) throws Exception {
        long end = System.nanoTime() + LONGEST.toNanos();
        long now = rows.of(job.getJobID());
        while (now <= before) {
            assertThat(System.nanoTime()).as("still %d rows", now).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            now = rows.of(job.getJobID());
        }
        return now;
    }
}
