package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.local.AltertableLocal;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a lakehouse through a job of Flink's, as a user writes it. */
class AltertableSourceITCase {

    /** An order, as a user may have it. */
    public record Order(long id, String customer, BigDecimal price) {}

    private AltertableLocal lake;

    @BeforeEach
    void start() {
        lake = AltertableLocal.start();
        lake.execute(
                "CREATE TABLE lake.main.orders AS SELECT i AS id, 'customer ' || i AS customer,"
                        + " CAST(i AS DECIMAL(10, 2)) AS price FROM range(10000) r(i)");
    }

    @AfterEach
    void stop() {
        lake.close();
    }

    static <T> List<T> collect(AltertableSource<T> source, int parallelism) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(parallelism);
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), "orders")
                .executeAndCollect(1_000_000);
    }

    private static Long[] ids() {
        return LongStream.range(0, 10_000).boxed().toArray(Long[]::new);
    }

    @Test
    void readsATableAsRecords() throws Exception {
        AltertableSource<Order> source =
                AltertableSource.builder(
                                Order.class,
                                Lakes.columns(
                                        "id BIGINT NOT NULL, customer STRING, price DECIMAL(10,"
                                                + " 2)"))
                        .setAll(Lakes.options(lake))
                        .table("lake", "main", "orders")
                        .build();

        List<Order> orders = collect(source, 1);

        assertThat(orders).extracting(Order::id).containsExactlyInAnyOrder(ids());
        assertThat(orders).contains(new Order(17, "customer 17", new BigDecimal("17.00")));
    }

    @Test
    void readsATableInParallelByAColumn() throws Exception {
        AltertableSource<Row> source =
                AltertableSource.builder(Row.class, Lakes.columns("customer STRING, id BIGINT"))
                        .setAll(Lakes.options(lake))
                        .table("lake", "main", "orders")
                        .set(AltertableOptions.SCAN_PARTITION_COLUMN, "customer")
                        .set(AltertableOptions.SCAN_PARTITION_NUM, 7)
                        .build();

        assertThat(collect(source, 2))
                .extracting(row -> row.getField("id"))
                .containsExactlyInAnyOrder((Object[]) ids());
    }

    @Test
    void readsAQuery() throws Exception {
        AltertableSource<Row> source =
                AltertableSource.builder(Row.class, Lakes.columns("n BIGINT"))
                        .setAll(Lakes.options(lake))
                        .query("SELECT count(*) AS n FROM lake.main.orders -- all of them")
                        .build();

        assertThat(collect(source, 2)).containsExactly(Row.of(10_000L));
    }

    @Test
    void readsByRowNumbersWhereNoColumnIsNamed() throws Exception {
        AltertableSource<Row> source =
                AltertableSource.builder(Row.class, Lakes.columns("id BIGINT"))
                        .setAll(Lakes.options(lake))
                        .table("lake", "main", "orders")
                        .set(AltertableOptions.SCAN_SPLIT_MAX_SIZE, MemorySize.parse("64 kb"))
                        .build();

        assertThat(collect(source, 2))
                .extracting(row -> row.getField("id"))
                .containsExactlyInAnyOrder((Object[]) ids());
    }
}
