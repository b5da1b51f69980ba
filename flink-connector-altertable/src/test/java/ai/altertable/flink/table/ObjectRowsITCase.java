package ai.altertable.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.ObjectRows;
import java.io.IOException;
import java.util.List;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row may come as an object: also one of the many that only the connector asks for. */
class ObjectRowsITCase {

    private final TableLake lake = new TableLake();
    private final StreamTableEnvironment tables = TableLake.batch(2);
    private ObjectRows server;

    @BeforeEach
    void start() throws IOException {
        server = ObjectRows.of(lake.lake.url());
        lake.lake.execute(
                "CREATE TABLE lake.main.numbers AS SELECT i AS id, 'n' || i AS name FROM"
                        + " range(12000) t(i)");
        declare("numbers", "id BIGINT, name STRING");
    }

    @AfterEach
    void stop() {
        server.close();
        lake.close();
    }

    private void declare(String table, String columns, String... options) {
        StringBuilder more = new StringBuilder();
        for (String option : options) {
            more.append(", '").append(option.replace("=", "' = '")).append("'");
        }
        tables.executeSql(
                "CREATE TABLE %s (%s) WITH ('connector' = 'altertable', 'url' = '%s', 'username' = '%s', 'password' = '%s', 'catalog' = 'lake', 'table' = '%s'%s)"
                        .formatted(
                                table,
                                columns,
                                server.url(),
                                lake.lake.username(),
                                lake.lake.password(),
                                table,
                                more));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan.partition.column", "scan.snapshot"})
    void areReadInSplits(String option) throws Exception {
        String value = option.equals("scan.snapshot") ? "off" : "name";
        declare("numbers2", "id BIGINT", "scan.partition.num=3", option + "=" + value);
        lake.lake.execute("CREATE TABLE lake.main.numbers2 AS FROM lake.main.numbers");

        assertThat(TableLake.rows(tables, "SELECT id FROM numbers2"))
                .hasSize(12000)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-least-once", "exactly-once"})
    void areUnderstoodByTheSink(String guarantee) throws Exception {
        declare(
                "copies",
                "id BIGINT PRIMARY KEY NOT ENFORCED, name STRING",
                "sink.create-table=true",
                "sink.delivery-guarantee=" + guarantee);

        tables.executeSql("INSERT INTO copies SELECT id, name FROM numbers WHERE id < 100").await();

        assertThat(lake.lake.rows("SELECT count(*), count(DISTINCT id) FROM lake.main.copies"))
                .containsExactly(List.of(100L, 100L));
    }

    @Test
    void areUnderstoodWhereAQueryIsRead() throws Exception {
        tables.executeSql(
                "CREATE TABLE q (n BIGINT) WITH ('connector' = 'altertable', 'url' = '%s', 'username' = '%s', 'password' = '%s', 'scan.query' = 'SELECT id AS n FROM lake.main.numbers WHERE id < 3')"
                        .formatted(server.url(), lake.lake.username(), lake.lake.password()));

        assertThat(TableLake.rows(tables, "SELECT n FROM q"))
                .containsExactlyInAnyOrder("+I[0]", "+I[1]", "+I[2]");
    }
}
