package ai.altertable.flink.format;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Binds anew where it runs, since the handles that it binds to do not travel. */
final class MappedToRow<T> implements ToRow<T> {

    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final RowType columns;
    private transient Conversion conversion;

    MappedToRow(Class<T> type, RowType columns) {
        this.type = type;
        this.columns = columns;
        bind();
    }

    private void bind() {
        conversion = ToFlink.ofObject(type, columns, "");
    }

    @Override
    public RowData toRow(T object) {
        if (conversion == null) {
            bind();
        }
        return (RowData) conversion.apply(object);
    }
}
