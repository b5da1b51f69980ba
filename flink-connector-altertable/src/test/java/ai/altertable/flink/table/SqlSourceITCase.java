package ai.altertable.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.local.Arrival;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SELECT, from the statement to the rows. */
class SqlSourceITCase {

    private static final String COLUMNS =
            "id INT, customer STRING, amount DECIMAL(10, 2), placed TIMESTAMP(3),"
                    + " address ROW<city STRING, zip INT>";

    private static TableLake lake;

    @BeforeAll
    static void start() {
        lake = new TableLake();
        lake.lake.execute(
                "CREATE TABLE lake.main.orders AS SELECT i::INTEGER AS \"ID\","
                        + " 'customer ' || i % 7 AS customer, (i / 4)::DECIMAL(10, 2) AS amount,"
                        + " TIMESTAMP '2024-02-29 12:00:00' + INTERVAL (i * 500) MICROSECOND AS"
                        + " placed, {'city': 'c' || i % 3, 'zip': i::INTEGER} AS address"
                        + " FROM range(1000) r(i)",
                "CREATE TABLE lake.main.texts (id VARCHAR, n INTEGER)",
                "INSERT INTO lake.main.texts VALUES ('1', 1), ('x', 2)");
    }

    @AfterAll
    static void stop() {
        lake.close();
    }

    private static StreamTableEnvironment orders(StreamTableEnvironment tables, String... options) {
        lake.declare(
                tables,
                "orders",
                COLUMNS,
                IntStream.range(-2, options.length)
                        .mapToObj(i -> i == -2 ? "table" : i == -1 ? "orders" : options[i])
                        .toArray(String[]::new));
        return tables;
    }

    @Test
    void readsATableInEitherMode() throws Exception {
        for (StreamTableEnvironment tables : List.of(TableLake.batch(2), TableLake.streaming(2))) {
            orders(tables, "scan.partition.column", "id", "scan.partition.num", "3");

            assertThat(TableLake.rows(tables, "SELECT id FROM orders"))
                    .hasSize(1000)
                    .doesNotHaveDuplicates();
            assertThat(TableLake.rows(tables, "SELECT * FROM orders WHERE id = 7"))
                    .containsExactly("+I[7, customer 0, 1.75, 2024-02-29T12:00:00.003, +I[c1, 7]]");
        }
    }

    /** Rows are read as 12:00:00.001 from 2 * 500 and 3 * 500 microseconds on. */
    @Test
    void comparesATimeInTheDigitsThatAreDeclared() throws Exception {
        StreamTableEnvironment tables = orders(TableLake.streaming(1));

        assertThat(
                        TableLake.rows(
                                tables,
                                "SELECT id FROM orders WHERE placed ="
                                        + " TIMESTAMP '2024-02-29 12:00:00.001'"))
                .containsExactlyInAnyOrder("+I[2]", "+I[3]");
    }

    @Test
    void readsAndComparesFieldsOfAStruct() throws Exception {
        StreamTableEnvironment tables = orders(TableLake.streaming(1));

        assertThat(
                        TableLake.rows(
                                tables,
                                "SELECT address.zip, orders.address.city FROM orders"
                                        + " WHERE orders.address.zip < 2"))
                .containsExactlyInAnyOrder("+I[0, c0]", "+I[1, c1]");
    }

    @Test
    void readsNoMoreThanALimit() throws Exception {
        StreamTableEnvironment tables =
                orders(
                        TableLake.streaming(1),
                        "scan.partition.column",
                        "id",
                        "scan.partition.num",
                        "4");

        assertThat(TableLake.rows(tables, "SELECT id FROM orders WHERE id >= 500 LIMIT 3"))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row).matches("\\+I\\[[5-9]\\d\\d\\]"));
    }

    @Test
    void readsAQuery() throws Exception {
        StreamTableEnvironment tables = TableLake.streaming(2);
        lake.declare(
                tables,
                "per_customer",
                "customer STRING, orders BIGINT, last TIMESTAMP(6)",
                "scan.query",
                "SELECT customer, count(*) AS orders, max(placed) AS last"
                        + " FROM lake.main.orders WHERE customer <> 'it''s' GROUP BY ALL"
                        + " -- whatever they bought");

        assertThat(TableLake.rows(tables, "SELECT customer FROM per_customer WHERE orders > 142"))
                .containsExactlyInAnyOrder(
                        "+I[customer 0]",
                        "+I[customer 1]",
                        "+I[customer 2]",
                        "+I[customer 3]",
                        "+I[customer 4]",
                        "+I[customer 5]");
    }

    @Test
    void countsInTheLakehouse() throws Exception {
        StreamTableEnvironment tables = TableLake.batch(1);
        lake.declare(tables, "counted", "id INT, customer STRING", "table", "orders");
        int before = lake.lake.arrivals().all().size();

        assertThat(
                        TableLake.rows(
                                tables,
                                "SELECT customer, COUNT(*), MAX(id) FROM counted WHERE id < 14"
                                        + " GROUP BY customer"))
                .hasSize(7)
                .contains("+I[customer 3, 2, 10]");
        assertThat(statements(before)).anyMatch(sql -> sql.contains("count(*)"));
    }

    /** What only a filter looks at is checked as well as what is read. */
    @Test
    void refusesAColumnThatIsNotWhatItIsDeclaredAs() {
        StreamTableEnvironment tables = TableLake.streaming(1);
        lake.declare(tables, "texts", "id INT, n INT", "table", "texts");

        assertThatThrownBy(() -> TableLake.rows(tables, "SELECT n FROM texts WHERE id > 0"))
                .hasStackTraceContaining(
                        "id: INT cannot be read from VARCHAR; declare it as STRING");
    }

    @Test
    void tellsThePlannerHowManyRowsThereAre() {
        StreamTableEnvironment tables = orders(TableLake.batch(1));

        String plan =
                tables.explainSql(
                        "SELECT * FROM orders",
                        org.apache.flink.table.api.ExplainDetail.ESTIMATED_COST);

        assertThat(plan).contains("rowcount = 1000.0");
    }

    private static List<String> statements(int from) {
        List<Arrival> all = lake.lake.arrivals().all();
        return all.subList(from, all.size()).stream().map(Object::toString).toList();
    }
}
