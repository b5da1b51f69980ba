package ai.altertable.flink.sink;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Writes a stream into a table of a lakehouse, at least once.
 *
 * <h2>Use</h2>
 *
 * <pre>{@code
 * stream.sinkTo(
 *         AltertableSink.rows(ROW(FIELD("id", BIGINT().notNull()), FIELD("name", STRING())))
 *                 .set(AltertableOptions.CATALOG, "lake")
 *                 .set(AltertableOptions.TABLE, "orders")
 *                 .set(AltertableOptions.USERNAME, "…")
 *                 .set(AltertableOptions.PASSWORD, "…")
 *                 .primaryKey("id")
 *                 .build());
 * }</pre>
 *
 * <h2>Delivery</h2>
 *
 * <p>A checkpoint is complete only when every row before it is in the table; the sink has no state.
 * Without checkpoints, {@code sink.buffer-flush.interval} alone makes rows visible, and what was
 * not visible when a task failed is lost.
 *
 * <h2>Upserts</h2>
 *
 * <p>With a primary key, rows of one key go to one writer, in the order in which one upstream
 * subtask sends them: the sink brings the shuffle itself. See {@code LatestByKey} for what becomes
 * of several rows of one key.
 */
public final class AltertableSink<T> implements Sink<T>, SupportsPreWriteTopology<T> {

    private static final long serialVersionUID = 1L;

    private final SinkSettings settings;
    private final RowType rowType;
    private final ToRow<T> toRow;
    private final boolean parallelAsItsInput;

    AltertableSink(
            SinkSettings settings, RowType rowType, ToRow<T> toRow, boolean parallelAsItsInput) {
        this.settings = settings;
        this.rowType = rowType;
        this.toRow = toRow;
        this.parallelAsItsInput = parallelAsItsInput;
    }

    /** A sink of Flink's internal rows, as SQL has them. */
    public static AltertableSinkBuilder<RowData> rowData(RowType columns) {
        return new AltertableSinkBuilder<>(columns, row -> row);
    }

    /** A sink of whatever can be made a row of. */
    public static <T> AltertableSinkBuilder<T> of(RowType columns, ToRow<T> toRow) {
        return new AltertableSinkBuilder<>(columns, toRow);
    }

    public SinkSettings settings() {
        return settings;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        throw new UnsupportedOperationException("being built");
    }

    @Override
    public DataStream<T> addPreWriteTopology(DataStream<T> rows) {
        return rows;
    }
}
