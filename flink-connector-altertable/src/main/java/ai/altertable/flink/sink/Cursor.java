package ai.altertable.flink.sink;

import ai.altertable.flink.AltertableOptions;
import java.util.Arrays;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;

/**
 * By what the newest row of a key is known, as the server knows it: strictly greater is newer;
 * equal is not, and a NULL is neither newer nor older than anything.
 */
sealed interface Cursor {

    /** The last row to come is the newest. */
    static Cursor none() {
        return new None();
    }

    /** Refuses a column that is not there or has no order; an empty name is none. */
    static void check(RowType rowType, String column) {
        if (column.isEmpty()) {
            return;
        }
        int position = rowType.getFieldIndex(column);
        if (position < 0) {
            throw new ValidationException(
                    "Option '"
                            + AltertableOptions.SINK_CURSOR_FIELD.key()
                            + "' names '"
                            + column
                            + "', which is no column");
        }
        LogicalType type = rowType.getTypeAt(position);
        if (!type.is(LogicalTypeFamily.NUMERIC)
                && !type.is(LogicalTypeFamily.DATETIME)
                && !type.is(LogicalTypeFamily.CHARACTER_STRING)) {
            throw new ValidationException(
                    "Option '"
                            + AltertableOptions.SINK_CURSOR_FIELD.key()
                            + "' names '"
                            + column
                            + "', but "
                            + type.asSummaryString()
                            + " has no order by which one row is newer; take a number, a time or a"
                            + " text");
        }
    }

    /** The column with this name. */
    static Cursor of(RowType rowType, String column) {
        int position = rowType.getFieldIndex(column);
        LogicalType type = rowType.getTypeAt(position);
        return new Column(RowData.createFieldGetter(type, position));
    }

    /** Whether the row is newer than the one that is remembered for its key. */
    boolean isNewer(RowData row, int key);

    /** The row is the newest of its key. */
    void remember(RowData row, int key);

    /** Forgets all keys. */
    void clear();

    /** No cursor. */
    final class None implements Cursor {
        @Override
        public boolean isNewer(RowData row, int key) {
            return true;
        }

        @Override
        public void remember(RowData row, int key) {}

        @Override
        public void clear() {}
    }

    /** The values of a column. */
    final class Column implements Cursor {

        private static final int FIRST = 1024;

        private final RowData.FieldGetter getter;
        private Object[] newest = new Object[FIRST];

        private Column(RowData.FieldGetter getter) {
            this.getter = getter;
        }

        @Override
        @SuppressWarnings("unchecked")
        public boolean isNewer(RowData row, int key) {
            Object value = getter.getFieldOrNull(row);
            return value != null
                    && newest[key] != null
                    && ((Comparable<Object>) value).compareTo(newest[key]) > 0;
        }

        @Override
        public void remember(RowData row, int key) {
            if (key >= newest.length) {
                newest = Arrays.copyOf(newest, Math.max(key + 1, newest.length * 2));
            }
            newest[key] = copy(getter.getFieldOrNull(row));
        }

        /** The row may be another one's memory soon. */
        private static Object copy(Object value) {
            return value instanceof StringData text
                    ? StringData.fromBytes(text.toBytes().clone())
                    : value;
        }

        @Override
        public void clear() {
            Arrays.fill(newest, null);
        }
    }
}
