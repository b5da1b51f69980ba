package ai.altertable.flink.format;

import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** Binds anew where it runs, since the handles that it binds to do not travel. */
final class MappedFromRow<T> implements FromRow<T> {

    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final RowType columns;
    private transient Conversion conversion;

    MappedFromRow(Class<T> type, RowType columns) {
        this.type = type;
        this.columns = columns;
        bind();
    }

    private void bind() {
        conversion = ToJava.ofRow(type, columns, "");
    }

    @Override
    public T fromRow(RowData row) {
        if (conversion == null) {
            bind();
        }
        return type.cast(conversion.apply(row));
    }
}
