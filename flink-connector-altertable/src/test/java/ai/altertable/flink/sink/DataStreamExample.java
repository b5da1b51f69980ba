package ai.altertable.flink.sink;

import static ai.altertable.flink.AltertableOptions.PASSWORD;
import static ai.altertable.flink.AltertableOptions.SINK_CREATE_TABLE;
import static ai.altertable.flink.AltertableOptions.URL;
import static ai.altertable.flink.AltertableOptions.USERNAME;

import org.apache.flink.streaming.api.datastream.DataStream;

/** What docs/datastream.md shows. */
final class DataStreamExample {

    private DataStreamExample() {}

    // begin
    record Order(long id, String customer) {}

    static void write(DataStream<Order> orders, String url) {
        orders.sinkTo(
                AltertableSink.builder(Order.class)
                        .table("lake", "main", "orders")
                        .set(URL, url)
                        .set(USERNAME, "me")
                        .set(PASSWORD, "secret")
                        .set(SINK_CREATE_TABLE, true)
                        .primaryKey("id")
                        .build());
    }
    // end
}
