package ai.altertable.flink.sink;

import java.io.Serializable;
import org.apache.flink.table.data.RowData;

/**
 * Makes a row of an element of the stream. It travels in the job graph. The row is encoded before
 * the next element comes, so it may be the same object each time.
 */
@FunctionalInterface
public interface ToRow<T> extends Serializable {

    /** The row, of the columns that the sink was given and in their order, with its kind. */
    RowData toRow(T element);
}
