package ai.altertable.flink.format;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The columns that are written, in the spelling and order of the table, and where each one's value
 * stands in the row. The names of nested fields are the table's as well: a JSON key that differs
 * only in case would store NULL without an error.
 */
public final class ColumnBinding {

    private final RowType columns;
    private final int[] positions;

    ColumnBinding(RowType columns, int[] positions) {
        if (columns.getFieldCount() != positions.length) {
            throw new IllegalArgumentException("one position per column");
        }
        this.columns = columns;
        this.positions = positions.clone();
    }

    /** For a table that has exactly the row's fields: same names, same order. */
    public static ColumnBinding identity(RowType rowType) {
        return new ColumnBinding(rowType, IntStream.range(0, rowType.getFieldCount()).toArray());
    }

    /** One column of these. */
    ColumnBinding only(int column) {
        return new ColumnBinding(
                new RowType(List.of(columns.getFields().get(column))),
                new int[] {positions[column]});
    }

    public int size() {
        return positions.length;
    }

    /** The columns as the table names and orders them, with Flink's types. */
    public RowType columns() {
        return columns;
    }

    public List<String> names() {
        return columns.getFieldNames();
    }

    public LogicalType type(int column) {
        return columns.getTypeAt(column);
    }

    /** The index of the column's value in the row. */
    public int position(int column) {
        return positions[column];
    }
}
