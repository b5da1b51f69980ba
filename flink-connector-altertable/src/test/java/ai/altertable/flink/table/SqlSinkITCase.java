package ai.altertable.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.local.AltertableLocal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlSinkITCase {

    private final AltertableLocal lakehouse = AltertableLocal.start();

    @AfterEach
    void close() {
        lakehouse.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl"})
    void appendsTheRowsOfAQuery(String format) throws Exception {
        lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT, name VARCHAR)");
        Sql sql = Sql.streaming(2);
        sql.declare(lakehouse, "orders", "name STRING, id BIGINT", "sink.format=" + format);

        sql.run("INSERT INTO orders VALUES ('a', 1), ('b', 2), (CAST(NULL AS STRING), 3)");

        assertThat(lakehouse.rows("SELECT id, name FROM lake.main.orders ORDER BY id"))
                .containsExactly(
                        List.of(1L, "a"), List.of(2L, "b"), java.util.Arrays.asList(3L, null));
    }

    @Test
    void upsertsByThePrimaryKey() throws Exception {
        lakehouse.execute(
                "CREATE TABLE lake.main.orders (id BIGINT, name VARCHAR)",
                "INSERT INTO lake.main.orders VALUES (1, 'old'), (9, 'kept')");
        Sql sql = Sql.streaming(2);
        sql.declare(lakehouse, "orders", "id BIGINT PRIMARY KEY NOT ENFORCED, name STRING");

        sql.run("INSERT INTO orders VALUES (1, 'new'), (2, 'b')");

        assertThat(lakehouse.rows("SELECT id, name FROM lake.main.orders ORDER BY id"))
                .containsExactly(List.of(1L, "new"), List.of(2L, "b"), List.of(9L, "kept"));
    }
}
