package ai.altertable.flink.format;

import java.io.Serializable;
import org.apache.flink.table.data.RowData;

/** Makes a row of an object: by {@link ObjectMapping}, or a function of the user's. */
@FunctionalInterface
public interface ToRow<T> extends Serializable {

    RowData toRow(T object);
}
