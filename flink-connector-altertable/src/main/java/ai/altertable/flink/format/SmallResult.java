package ai.altertable.flink.format;

import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** All rows of a result that is known to be small: a probe, a sample, a look into the catalog. */
public final class SmallResult {

    private SmallResult() {}

    /**
     * Asks until the whole result is there, as {@link AltertableClient#read} does.
     *
     * @param type the columns of the SELECT, by their very names: a row may come as an object;
     *     {@link TypeMapping#selectItems} says what each has to look like
     */
    public static CompletableFuture<List<RowData>> rows(
            AltertableClient client, Query query, RowType type) {
        return client.read(
                query,
                stream -> {
                    QueryRows rows = new RowDecoder(type).rows(stream);
                    List<RowData> all = new ArrayList<>();
                    for (RowData row = rows.next(); row != null; row = rows.next()) {
                        all.add(row);
                    }
                    return all;
                });
    }
}
