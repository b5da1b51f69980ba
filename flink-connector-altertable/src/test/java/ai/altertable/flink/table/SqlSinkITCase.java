package ai.altertable.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.LocalCluster;
import ai.altertable.local.AltertableLocal;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlSinkITCase {

    private static LocalCluster cluster;

    private final AltertableLocal lakehouse = AltertableLocal.start();

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = LocalCluster.start(4);
    }

    @AfterAll
    static void closeCluster() throws Exception {
        cluster.stop();
    }

    @AfterEach
    void close() {
        lakehouse.close();
    }

    private List<List<Object>> orders() {
        return lakehouse.rows("SELECT id, name FROM lake.main.orders ORDER BY ALL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl"})
    void appendsTheRowsOfAQuery(String format) throws Exception {
        lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT, name VARCHAR)");
        Sql sql = Sql.on(cluster, 2);
        sql.declare(lakehouse, "orders", "name STRING, id BIGINT", "sink.format=" + format);

        sql.run("INSERT INTO orders VALUES ('a', 1), ('b', 2), (CAST(NULL AS STRING), 3)");

        assertThat(orders())
                .containsExactly(List.of(1L, "a"), List.of(2L, "b"), Arrays.asList(3L, null));
    }

    @Test
    void writesSomeOfTheColumns() throws Exception {
        lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT, name VARCHAR)");
        Sql sql = Sql.on(cluster, 1);
        sql.declare(lakehouse, "orders", "name STRING, id BIGINT");

        sql.run("INSERT INTO orders (id) VALUES (1)");

        assertThat(orders()).containsExactly(Arrays.asList(1L, null));
    }

    @Test
    void createsTheTable() throws Exception {
        Sql sql = Sql.on(cluster, 3);
        sql.declare(
                lakehouse,
                "orders",
                "id BIGINT, name STRING, amounts ARRAY<DECIMAL(10, 2)>, PRIMARY KEY (id) NOT"
                        + " ENFORCED",
                "sink.create-table=true");

        sql.run("INSERT INTO orders VALUES (1, 'a', ARRAY[1.50, 2.25]), (2, 'b', ARRAY[0.10])");

        assertThat(lakehouse.rows("SELECT sum(list_sum(amounts))::VARCHAR FROM lake.main.orders"))
                .containsExactly(List.of("3.85"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", PRIMARY KEY (id) NOT ENFORCED"})
    void writesABatchExactlyOnce(String key) throws Exception {
        lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT, name VARCHAR)");
        Sql sql = Sql.on(cluster, 2, RuntimeExecutionMode.BATCH);
        sql.declare(
                lakehouse,
                "orders",
                "id BIGINT, name STRING" + key,
                "sink.delivery-guarantee=exactly-once");

        sql.run("INSERT INTO orders VALUES (1, 'a'), (2, 'b')");

        assertThat(orders()).containsExactly(List.of(1L, "a"), List.of(2L, "b"));
    }

    @Test
    void refusesToWriteAStreamExactlyOnceWithoutCheckpoints() {
        Sql sql = Sql.on(cluster, 1);
        sql.declare(
                lakehouse,
                "orders",
                "id BIGINT, name STRING",
                "sink.delivery-guarantee=exactly-once");

        assertThatThrownBy(() -> sql.run("INSERT INTO orders VALUES (1, 'a')"))
                .hasStackTraceContaining("execution.checkpointing.interval");
    }

    @ParameterizedTest
    @CsvSource({
        "sink.format=jsonl, sink.format",
        "sink.on-error=skip, sink.on-error",
        "sink.staging-ttl=5 min, sink.staging-ttl"
    })
    void refusesWhatExactlyOnceCannotBeCombinedWith(String option, String named) {
        Sql sql = Sql.on(cluster, 1);
        sql.declare(
                lakehouse,
                "orders",
                "id BIGINT, name STRING",
                "sink.delivery-guarantee=exactly-once",
                option);

        assertThatThrownBy(() -> sql.run("INSERT INTO orders VALUES (1, 'a')"))
                .hasStackTraceContaining("Option '" + named + "' must");
    }

    @Test
    void upsertsInsertsByThePrimaryKey() throws Exception {
        lakehouse.execute(
                "CREATE TABLE lake.main.orders (id BIGINT, name VARCHAR)",
                "INSERT INTO lake.main.orders VALUES (1, 'old'), (9, 'kept')");
        Sql sql = Sql.on(cluster, 2);
        sql.declare(lakehouse, "orders", "id BIGINT PRIMARY KEY NOT ENFORCED, name STRING");

        sql.run("INSERT INTO orders VALUES (1, 'new'), (2, 'b')");

        assertThat(orders())
                .containsExactly(List.of(1L, "new"), List.of(2L, "b"), List.of(9L, "kept"));
    }

    /** The rows of one key, from whatever subtask, in one order: the planner brings it about. */
    @ParameterizedTest
    @CsvSource({"1, 1", "4, 1", "1, 4", "4, 4", "2, 3"})
    void upsertsAChangelogAtAnyParallelism(int query, int sink) throws Exception {
        lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT, name VARCHAR)");
        Sql sql = Sql.on(cluster, query);
        sql.declare(
                lakehouse,
                "orders",
                "id BIGINT PRIMARY KEY NOT ENFORCED, name STRING",
                "sink.parallelism=" + sink);
        sql.tables()
                .executeSql(
                        "CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen',"
                                + " 'fields.n.kind' = 'sequence', 'fields.n.start' = '1',"
                                + " 'fields.n.end' = '10000')");

        sql.run(
                "INSERT INTO orders SELECT MOD(n, 100), CAST(COUNT(*) AS STRING) FROM numbers"
                        + " GROUP BY MOD(n, 100)");

        assertThat(orders())
                .hasSize(100)
                .allMatch(row -> row.get(1).equals("100"))
                .extracting(row -> row.get(0))
                .doesNotHaveDuplicates();
    }

    @Test
    void upsertsInBatchMode() throws Exception {
        lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT, name VARCHAR)");
        Sql sql = Sql.on(cluster, 2, RuntimeExecutionMode.BATCH);
        sql.declare(lakehouse, "orders", "id BIGINT PRIMARY KEY NOT ENFORCED, name STRING");

        sql.run(
                "INSERT INTO orders SELECT id, MAX(name) FROM (VALUES (1, 'a'), (1, 'b'), (2, 'c'))"
                        + " AS t (id, name) GROUP BY id");

        assertThat(orders()).containsExactly(List.of(1L, "b"), List.of(2L, "c"));
    }

    @Nested
    class Changelogs {

        private Sql sql;

        private void changes(String key, String... options) throws Exception {
            lakehouse.execute(
                    "CREATE TABLE lake.main.orders (id BIGINT, name VARCHAR)",
                    "INSERT INTO lake.main.orders VALUES (1, 'a'), (2, 'b'), (9, 'kept')");
            sql = Sql.on(cluster, 2);
            sql.declare(
                    lakehouse,
                    "orders",
                    "id BIGINT PRIMARY KEY NOT ENFORCED, name STRING",
                    options);
            Schema.Builder schema =
                    Schema.newBuilder().column("id", "BIGINT NOT NULL").column("name", "STRING");
            if (!key.isEmpty()) {
                schema.primaryKey(key);
            }
            sql.tables()
                    .createTemporaryView(
                            "changes",
                            sql.tables()
                                    .fromChangelogStream(
                                            sql.stream()
                                                    .fromData(
                                                            Types.ROW_NAMED(
                                                                    new String[] {"id", "name"},
                                                                    Types.LONG,
                                                                    Types.STRING),
                                                            Row.ofKind(RowKind.INSERT, 1L, "a"),
                                                            Row.ofKind(RowKind.INSERT, 2L, "b"),
                                                            Row.ofKind(RowKind.INSERT, 3L, "c"),
                                                            Row.ofKind(
                                                                    RowKind.UPDATE_BEFORE, 1L, "a"),
                                                            Row.ofKind(
                                                                    RowKind.UPDATE_AFTER, 1L, "a2"),
                                                            Row.ofKind(RowKind.DELETE, 2L, "b"),
                                                            // The key changes.
                                                            Row.ofKind(
                                                                    RowKind.UPDATE_BEFORE, 3L, "c"),
                                                            Row.ofKind(
                                                                    RowKind.UPDATE_AFTER, 4L, "c"))
                                                    .setParallelism(1),
                                            schema.build(),
                                            ChangelogMode.all()));
        }

        /** Nobody knows by which key the changes come, so the planner brings them in order. */
        @Test
        void withSinkUpsertMaterializer() throws Exception {
            changes("");
            String insert = "INSERT INTO orders SELECT * FROM changes";
            assertThat(sql.tables().explainSql(insert, ExplainDetail.CHANGELOG_MODE))
                    .contains("upsertMaterialize=[true]");

            sql.run(insert);

            assertThat(orders())
                    .containsExactly(List.of(1L, "a2"), List.of(4L, "c"), List.of(9L, "kept"));
        }

        @Test
        void withoutSinkUpsertMaterializer() throws Exception {
            changes("");
            sql.tables().getConfig().set("table.exec.sink.upsert-materialize", "none");

            sql.run("INSERT INTO orders SELECT * FROM changes WHERE id < 3");

            assertThat(orders()).containsExactly(List.of(1L, "a2"), List.of(9L, "kept"));
        }

        @Test
        void whoseDeletesAreUnexpected() throws Exception {
            changes("", "sink.delete-mode=fail");

            assertThatThrownBy(() -> sql.run("INSERT INTO orders SELECT * FROM changes"))
                    .hasStackTraceContaining("'sink.delete-mode' is 'fail'");
        }
    }
}
