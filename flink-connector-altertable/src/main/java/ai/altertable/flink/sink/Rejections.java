package ai.altertable.flink.sink;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.ErrorMode;
import ai.altertable.flink.TableId;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a writer does about rows that cannot be written.
 *
 * <h2>When it gives rows up</h2>
 *
 * <p>Only as long as the table takes others: of two rows of a chunk one at least, and of two chunks
 * of one row each as well. Otherwise it is not the rows, and a stream would vanish without a word.
 */
final class Rejections {

    private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);

    private final ErrorMode mode;
    private final TableId table;
    private final Optional<DeadLetters> deadLetters;
    private final SinkMetrics metrics;

    /** Whether rows were taken since the last one that was given up alone. */
    private boolean tookRows;

    Rejections(
            ErrorMode mode, TableId table, Optional<DeadLetters> deadLetters, SinkMetrics metrics) {
        this.mode = mode;
        this.table = table;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    /** Whether there is anything to do but fail. */
    boolean mayGiveUpRows() {
        return mode != ErrorMode.FAIL;
    }

    Optional<DeadLetters> deadLetters() {
        return deadLetters;
    }

    /** For the rows of one batch that are refused. */
    RejectedRows none() {
        return new RejectedRows(deadLetters);
    }

    /** The rows of a batch were tried; some were taken by the table, perhaps. */
    void tried(int taken, RejectedRows rejected, int byServer) throws IOException {
        if (taken > 0) {
            tookRows = true;
        } else if (byServer > 1 || byServer == 1 && !tookRows) {
            throw new IOException(
                    "The table "
                            + table
                            + " takes no row any more, so none is given up, whatever the option '"
                            + AltertableOptions.SINK_ON_ERROR.key()
                            + "' says: all "
                            + byServer
                            + " rows of a chunk were refused, the first because: "
                            + rejected.firstReason());
        } else if (byServer == 1) {
            tookRows = false;
        }
    }

    /** The rows are given up for good; dead letters have arrived. */
    void gaveUp(RejectedRows rejected) {
        if (rejected.count() == 0) {
            return;
        }
        metrics.dropped(rejected.count());
        LOG.warn(
                "{} rows for {} were refused and {}; the first because: {}",
                rejected.count(),
                table,
                mode == ErrorMode.SKIP ? "dropped" : "put into the dead-letter table",
                rejected.firstReason());
    }
}
