package ai.altertable.flink.source;

import ai.altertable.flink.format.FromRow;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Emits all rows of a split in one step, so that no checkpoint falls between them. They are decoded
 * on the way; each is an object of its own.
 */
final class SplitEmission<T> implements AutoCloseable {

    /** So often the thread looks up, at rows per look. */
    private static final int ROWS_PER_LOOK = 1024;

    /** So much of a split, as a fraction, may be left when it is called nearly emitted. */
    private static final int LAST_PART = 8;

    private final RowsAhead rows;
    private final FromRow<T> mapping;
    private final SourceMetrics metrics;

    SplitEmission(RowType rowType, FromRow<T> mapping, SourceMetrics metrics) {
        this.rows = new RowsAhead(rowType);
        this.mapping = mapping;
        this.metrics = metrics;
    }

    /**
     * @param nearlyEmitted called once or more before the last rows are emitted
     */
    void emit(FetchedSplit fetched, SourceOutput<T> output, Runnable nearlyEmitted)
            throws IOException, InterruptedException {
        long left = fetched.rows();
        rows.start(fetched.bytes().drain());
        for (List<RowData> some = next(); some != null; some = next()) {
            left -= some.size();
            if (left <= fetched.rows() / LAST_PART) {
                nearlyEmitted.run();
            }
            emit(some, output);
        }
    }

    private void emit(List<RowData> some, SourceOutput<T> output) throws InterruptedException {
        int counted = 0;
        for (RowData row : some) {
            output.collect(mapping.fromRow(row));
            if (++counted == ROWS_PER_LOOK) {
                metrics.emitted(counted);
                counted = 0;
                stopIfCancelled();
            }
        }
        metrics.emitted(counted);
    }

    private List<RowData> next() throws IOException, InterruptedException {
        stopIfCancelled();
        try {
            return rows.next();
        } catch (IOException e) {
            metrics.failedRow();
            throw e;
        }
    }

    /** Flink interrupts the thread of a task that is cancelled; a chain of tasks may not notice. */
    private static void stopIfCancelled() throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("the task was cancelled while it emitted a split");
        }
    }

    @Override
    public void close() {
        rows.close();
    }
}
