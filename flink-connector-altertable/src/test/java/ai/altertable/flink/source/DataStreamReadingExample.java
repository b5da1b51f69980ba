package ai.altertable.flink.source;

import static ai.altertable.flink.AltertableOptions.PASSWORD;
import static ai.altertable.flink.AltertableOptions.SCAN_PARTITION_COLUMN;
import static ai.altertable.flink.AltertableOptions.URL;
import static ai.altertable.flink.AltertableOptions.USERNAME;

import java.math.BigDecimal;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What docs/datastream.md shows. */
final class DataStreamReadingExample {

    private DataStreamReadingExample() {}

    // begin
    record Order(long id, String customer, BigDecimal price) {}

    static DataStream<Order> read(StreamExecutionEnvironment env, String url) {
        AltertableSource<Order> source =
                AltertableSource.builder(Order.class)
                        .table("lake", "main", "orders")
                        .set(URL, url)
                        .set(USERNAME, "me")
                        .set(PASSWORD, "secret")
                        .set(SCAN_PARTITION_COLUMN, "id")
                        .build();
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), "orders");
    }
    // end
}
