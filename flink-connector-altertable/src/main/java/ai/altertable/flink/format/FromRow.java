package ai.altertable.flink.format;

import java.io.Serializable;
import org.apache.flink.table.data.RowData;

/** Makes an object of a row: by {@link ObjectMapping}, or a function of the user's. */
@FunctionalInterface
public interface FromRow<T> extends Serializable {

    T fromRow(RowData row);
}
