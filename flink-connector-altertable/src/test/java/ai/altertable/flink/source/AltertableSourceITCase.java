package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.Connection;
import ai.altertable.flink.TableId;
import ai.altertable.local.AltertableLocal;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a lakehouse through a job of Flink's, as a user writes it. */
class AltertableSourceITCase {

    /** An order, as a user may have it. */
    public record Order(long id, String customer, BigDecimal price) {}

    private static final Long[] IDS = LongStream.range(0, 10_000).boxed().toArray(Long[]::new);
    private static final Scan.Table ORDERS = new Scan.Table(new TableId("lake", "main", "orders"));

    private static AltertableLocal lake;
    private static LocalFlink flink;

    @BeforeAll
    static void start() throws Exception {
        flink = LocalFlink.start(4, new Configuration());
        lake = AltertableLocal.start();
        lake.execute(
                "CREATE TABLE lake.main.orders AS SELECT i AS id, 'customer ' || i AS customer,"
                        + " CAST(i AS DECIMAL(10, 2)) AS price, {'city': 'c' || i % 10} AS address"
                        + " FROM range(10000) r(i)");
    }

    @AfterAll
    static void stop() {
        lake.close();
        flink.close();
    }

    private static AltertableSourceBuilder<Row> rows(String columns) {
        return AltertableSource.builder(Row.class, Lakes.columns(columns))
                .setAll(Lakes.options(lake));
    }

    private static AltertableSourceBuilder<Row> orders(String columns) {
        return rows(columns).table("lake", "main", "orders");
    }

    /** As the table half of the connector reads. */
    private static <T> List<T> collect(
            Scan scan, ai.altertable.flink.format.FromRow<T> mapping, Class<T> type)
            throws Exception {
        AltertableSource<T> source =
                new AltertableSource<>(
                        Connection.from(Lakes.options(lake)),
                        scan,
                        ScanSettings.from(Lakes.options(lake)),
                        mapping,
                        TypeInformation.of(type));
        return flink.collect(source, 2);
    }

    @Test
    void readsATableAsRecords() throws Exception {
        AltertableSource<Order> source =
                AltertableSource.builder(Order.class)
                        .setAll(Lakes.options(lake))
                        .table("lake", "main", "orders")
                        .build();

        List<Order> orders = flink.collect(source, 1);

        assertThat(orders).extracting(Order::id).containsExactlyInAnyOrder(IDS);
        assertThat(orders)
                .filteredOn(order -> order.id() == 17)
                .singleElement()
                .satisfies(
                        order -> {
                            assertThat(order.customer()).isEqualTo("customer 17");
                            assertThat(order.price()).isEqualByComparingTo("17");
                        });
    }

    @Test
    void readsATableInParallelByAColumn() throws Exception {
        AltertableSource<Row> source =
                orders("customer STRING, id BIGINT")
                        .set(AltertableOptions.SCAN_PARTITION_COLUMN, "customer")
                        .set(AltertableOptions.SCAN_PARTITION_NUM, 7)
                        .build();

        assertThat(flink.collect(source, 3))
                .extracting(row -> row.getField("id"))
                .containsExactlyInAnyOrder((Object[]) IDS);
    }

    @Test
    void readsByRowNumbersWhereNoColumnIsNamed() throws Exception {
        AltertableSource<Row> source =
                orders("id BIGINT")
                        .set(AltertableOptions.SCAN_SPLIT_MAX_SIZE, MemorySize.parse("64 kb"))
                        .build();

        assertThat(flink.collect(source, 2))
                .extracting(row -> row.getField("id"))
                .containsExactlyInAnyOrder((Object[]) IDS);
    }

    @Test
    void readsAQuery() throws Exception {
        AltertableSource<Row> source =
                rows("n BIGINT")
                        .query("SELECT count(*) AS n FROM lake.main.orders -- all of them")
                        .build();

        assertThat(flink.collect(source, 2)).containsExactly(Row.of(10_000L));
    }

    @Test
    void readsRowsWithoutColumns() throws Exception {
        List<Integer> arities =
                collect(
                        Scan.of(ORDERS, Lakes.columns("id BIGINT")).columns(Lakes.columns("")),
                        row -> row.getArity(),
                        Integer.class);

        assertThat(arities).hasSize(10_000).containsOnly(0);
    }

    @Test
    void readsWhatAPredicateAndALimitLeave() throws Exception {
        Scan scan = Scan.of(ORDERS, Lakes.columns("id BIGINT")).where("\"id\" >= 9000");

        assertThat(collect(scan, row -> row.getLong(0), Long.class))
                .containsExactlyInAnyOrder(
                        LongStream.range(9000, 10_000).boxed().toArray(Long[]::new));
        assertThat(collect(scan.limit(5), row -> row.getLong(0), Long.class))
                .hasSize(5)
                .allMatch(id -> id >= 9000);
    }

    @Test
    void readsFieldsOfStructs() throws Exception {
        Scan scan =
                Scan.of(ORDERS, Lakes.columns("id BIGINT"))
                        .where("\"id\" < 3")
                        .computing(
                                List.of(
                                        new Scan.Computed(
                                                "struct_extract(\"address\", 'city')",
                                                "address_city"),
                                        new Scan.Computed("\"id\"", "id")),
                                Lakes.columns("address_city STRING"));

        assertThat(collect(scan, row -> row.getString(0).toString(), String.class))
                .containsExactlyInAnyOrder("c0", "c1", "c2");
    }

    @Test
    void readsAggregates() throws Exception {
        Scan scan =
                Scan.of(ORDERS, Lakes.columns("id BIGINT"))
                        .where("\"id\" < 100")
                        .aggregating(
                                List.of(
                                        new Scan.Computed("\"address\".\"city\"", "city"),
                                        new Scan.Computed("max(\"price\")", "price")),
                                Scan.Grouping.by(List.of("address")),
                                Lakes.columns("city STRING, price DECIMAL(10, 2)"));

        assertThat(
                        collect(
                                scan,
                                row -> row.getString(0) + "=" + row.getDecimal(1, 10, 2),
                                String.class))
                .hasSize(10)
                .contains("c3=93.00", "c9=99.00");
    }

    @Test
    void failsWithWhatIsWrong() {
        AltertableSource<Row> source = orders("id STRING, customers STRING").build();

        assertThatThrownBy(() -> flink.collect(source, 1))
                .rootCause()
                .hasMessageContaining("id: STRING cannot be read from BIGINT")
                .hasMessageContaining("customers: there is no such column");
    }
}
