package ai.altertable.flink.cluster;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.sink.AltertableSink;
import ai.altertable.flink.source.AltertableSource;
import java.util.Locale;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job in a jar of its own: reads a table, and writes into another what it makes of it. */
public final class CopyJob {

    /** A row of both tables. */
    public record Item(long id, String name) {}

    private CopyJob() {}

    /**
     * @param args the lakehouse's address, its user and password, the two tables
     */
    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        AltertableSource<Item> source =
                AltertableSource.builder(Item.class)
                        .set(AltertableOptions.URL, args[0])
                        .set(AltertableOptions.USERNAME, args[1])
                        .set(AltertableOptions.PASSWORD, args[1])
                        .table("lake", "main", args[2])
                        .build();
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "read")
                .map(item -> new Item(item.id(), item.name().toUpperCase(Locale.ROOT)))
                .returns(Item.class)
                .sinkTo(
                        AltertableSink.builder(Item.class)
                                .table("lake", "main", args[3])
                                .set(AltertableOptions.URL, args[0])
                                .set(AltertableOptions.USERNAME, args[1])
                                .set(AltertableOptions.PASSWORD, args[1])
                                .set(AltertableOptions.SINK_CREATE_TABLE, true)
                                .primaryKey("id")
                                .build());
        env.execute("copy");
    }
}
