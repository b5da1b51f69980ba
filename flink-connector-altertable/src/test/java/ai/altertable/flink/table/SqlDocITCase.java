package ai.altertable.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.DocPage;
import ai.altertable.flink.LocalCluster;
import ai.altertable.local.AltertableLocal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What docs/sql.md shows runs as it stands there. */
class SqlDocITCase {

    private static LocalCluster cluster;

    private final AltertableLocal lakehouse =
            AltertableLocal.builder().user("me", "secret").start();

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = LocalCluster.start(2);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.stop();
    }

    @AfterEach
    void close() {
        lakehouse.close();
    }

    private void run(String mark) throws Exception {
        Sql sql = Sql.on(cluster, 2);
        sql.stream().enableCheckpointing(200);
        for (String statement : DocPage.of("sql.md").statements(mark)) {
            sql.run(statement.replace("https://api.altertable.ai", lakehouse.url().toString()));
        }
    }

    @Test
    void theSink() throws Exception {
        lakehouse.execute(
                "CREATE TABLE lake.main.orders (ORDER_ID BIGINT, customer VARCHAR, placed"
                        + " TIMESTAMP, amount DECIMAL(10, 2), note VARCHAR)",
                "CREATE TABLE lake.main.checked (id BIGINT, name VARCHAR CHECK (name <> 'bad'))");

        run("sink");

        assertThat(lakehouse.rows("SELECT count(*), sum(amount)::VARCHAR FROM lake.main.orders"))
                .containsExactly(List.of(2L, "112.49"));
        assertThat(lakehouse.rows("SELECT count(*), sum(orders)::VARCHAR FROM lake.main.daily"))
                .containsExactly(List.of(5L, "1000"));
        assertThat(lakehouse.rows("FROM lake.main.accounts ORDER BY id"))
                .containsExactly(List.of(1L, 100, 2L, false), List.of(2L, 50, 1L, false));
        assertThat(lakehouse.rows("SELECT count(*) FROM lake.main.checked"))
                .containsExactly(List.of(2L));
        assertThat(lakehouse.rows("SELECT \"row\" FROM lake.main.checked_refused"))
                .containsExactly(List.of("{\"id\":2,\"name\":\"bad\"}"));
    }

    @Test
    void theSinkExactlyOnce() throws Exception {
        lakehouse.execute("CREATE SCHEMA lake.staging");

        run("exactly-once");

        assertThat(lakehouse.rows("SELECT id, amount::VARCHAR FROM lake.main.payments ORDER BY id"))
                .containsExactly(List.of(1L, "30.00"), List.of(2L, "20.00"));
        assertThat(
                        lakehouse.rows(
                                "SELECT table_name FROM duckdb_tables() WHERE schema_name ="
                                        + " 'staging'"))
                .containsExactly(List.of("__flink_commits"));
    }
}
