package ai.altertable.flink.sink;

import static ai.altertable.flink.AltertableOptions.CATALOG;
import static ai.altertable.flink.AltertableOptions.PASSWORD;
import static ai.altertable.flink.AltertableOptions.SINK_CREATE_TABLE;
import static ai.altertable.flink.AltertableOptions.TABLE;
import static ai.altertable.flink.AltertableOptions.URL;
import static ai.altertable.flink.AltertableOptions.USERNAME;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;

/** What docs/datastream.md shows. */
final class DataStreamExample {

    private DataStreamExample() {}

    // begin
    record Order(long id, String customer) {}

    static void write(DataStream<Order> orders, String url) {
        RowType columns =
                (RowType)
                        DataTypes.ROW(
                                        DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                                        DataTypes.FIELD("customer", DataTypes.STRING()))
                                .getLogicalType();

        orders.sinkTo(
                AltertableSink.<Order>of(
                                columns,
                                order ->
                                        GenericRowData.of(
                                                order.id(),
                                                StringData.fromString(order.customer())))
                        .set(URL, url)
                        .set(CATALOG, "lake")
                        .set(TABLE, "orders")
                        .set(USERNAME, "me")
                        .set(PASSWORD, "secret")
                        .set(SINK_CREATE_TABLE, true)
                        .primaryKey("id")
                        .build());
    }
    // end
}
