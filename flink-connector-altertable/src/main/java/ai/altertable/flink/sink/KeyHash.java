package ai.altertable.flink.sink;

import ai.altertable.flink.format.ToRow;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * The hash of an element's key, the same in every process. A row with a NULL in its key has one
 * too: to refuse it is the writer's task, which knows what becomes of it.
 */
final class KeyHash<T> implements KeySelector<T, Integer>, ResultTypeQueryable<Integer> {

    private static final long serialVersionUID = 1L;

    private final RowType rowType;
    private final List<String> key;
    private final ToRow<T> toRow;
    private transient KeyColumns columns;
    private transient KeyBytes bytes;

    KeyHash(RowType rowType, List<String> key, ToRow<T> toRow) {
        this.rowType = rowType;
        this.key = key;
        this.toRow = toRow;
    }

    @Override
    public Integer getKey(T element) {
        if (columns == null) {
            columns = KeyColumns.of(rowType, key);
            bytes = new KeyBytes();
        }
        RowData row = toRow.toRow(element);
        bytes.truncate(0);
        if (!columns.hasNull(row)) {
            columns.write(row, bytes);
        }
        return bytes.hash(0, bytes.length());
    }

    @Override
    public TypeInformation<Integer> getProducedType() {
        return Types.INT;
    }
}
