package ai.altertable.flink.sink;

import ai.altertable.flink.format.ObjectMapping;
import ai.altertable.flink.format.ToRow;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.types.logical.RowType;

/**
 * Writes a stream into a table of a lakehouse, at least once or exactly once.
 *
 * <h2>Use</h2>
 *
 * <pre>{@code
 * stream.sinkTo(
 *         AltertableSink.builder(Order.class)
 *                 .table("lake", "main", "orders")
 *                 .set(AltertableOptions.USERNAME, "…")
 *                 .set(AltertableOptions.PASSWORD, "…")
 *                 .primaryKey("id")
 *                 .build());
 * }</pre>
 *
 * <h2>Delivery</h2>
 *
 * <p>The guarantee is one of two types. At least once, a checkpoint is complete only when every row
 * before it is in the table, and the sink has no state; without checkpoints, {@code
 * sink.buffer-flush.interval} alone makes rows visible, and what was not visible when a task failed
 * is lost. Exactly once, a checkpoint is a transaction: see {@code docs/guarantees.md}.
 *
 * <h2>Upserts</h2>
 *
 * <p>With a primary key, rows of one key go to one writer, in the order in which one upstream
 * subtask sends them: the sink brings the shuffle itself. See {@code LatestByKey} for what becomes
 * of several rows of one key.
 */
public abstract sealed class AltertableSink<T> implements Sink<T>, SupportsPreWriteTopology<T>
        permits AtLeastOnceSink, ExactlyOnceSink {

    private static final long serialVersionUID = 1L;

    final SinkSettings settings;
    final RowType rowType;
    final ToRow<T> toRow;
    private final boolean parallelAsItsInput;

    AltertableSink(
            SinkSettings settings, RowType rowType, ToRow<T> toRow, boolean parallelAsItsInput) {
        if (settings.upserts()) {
            KeyColumns.of(rowType, settings.upserting().key());
            Cursor.check(rowType, settings.upserting().cursorField());
        }
        this.settings = settings;
        this.rowType = rowType;
        this.toRow = toRow;
        this.parallelAsItsInput = parallelAsItsInput;
    }

    /** A sink of objects whose members are the columns: a record or a POJO. */
    public static <T> AltertableSinkBuilder<T> builder(Class<T> type) {
        return builder(type, ObjectMapping.rowType(type));
    }

    /** A sink of Flink's Row or RowData, of records or POJOs, with these columns. */
    public static <T> AltertableSinkBuilder<T> builder(Class<T> type, RowType columns) {
        return builder(columns, ObjectMapping.toRow(type, columns));
    }

    /** A sink of whatever a function makes a row of. */
    public static <T> AltertableSinkBuilder<T> builder(RowType columns, ToRow<T> toRow) {
        return new AltertableSinkBuilder<>(columns, toRow);
    }

    public SinkSettings settings() {
        return settings;
    }

    @Override
    public DataStream<T> addPreWriteTopology(DataStream<T> rows) {
        boolean oneWriter = parallelAsItsInput && rows.getParallelism() == 1;
        return settings.upserts() && !oneWriter
                ? byKey(rows, new KeyHash<>(rowType, settings.upserting().key(), toRow))
                : rows;
    }

    /**
     * Only the exchange of a keyed stream: its operator would have keyed state, and batch mode
     * would sort what comes to it. Not partitionCustom, which refuses unaligned checkpoints.
     */
    private static <T> DataStream<T> byKey(DataStream<T> rows, KeyHash<T> hash) {
        return new DataStream<>(
                rows.getExecutionEnvironment(), rows.keyBy(hash).getTransformation());
    }
}
