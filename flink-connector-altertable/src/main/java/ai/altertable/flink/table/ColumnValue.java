package ai.altertable.flink.table;

import ai.altertable.flink.format.SqlText;
import ai.altertable.flink.format.TypeMapping;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * A column of a table, or a field of one that is a ROW, in the type with which it is declared.
 *
 * @param path the column's name and, for a field, the names on the way to it
 */
record ColumnValue(List<String> path, LogicalType type) implements Serializable {

    private static final long serialVersionUID = 1L;

    ColumnValue {
        path = List.copyOf(path);
    }

    boolean isOf(LogicalTypeRoot root) {
        return type.is(root);
    }

    ColumnValue field(List<String> names, LogicalType fieldType) {
        return new ColumnValue(Stream.concat(path.stream(), names.stream()).toList(), fieldType);
    }

    /** The column, as a ROW of nothing but the field where it is one. */
    RowType.RowField asField() {
        LogicalType nested = type;
        for (int i = path.size() - 1; i > 0; i--) {
            nested = new RowType(List.of(new RowType.RowField(path.get(i), nested)));
        }
        return new RowType.RowField(path.get(0), nested);
    }

    /** What is in the column, in the column's own type. */
    String reference() {
        String sql = SqlText.identifier(path.get(0));
        for (String field : path.subList(1, path.size())) {
            sql = SqlText.part(sql, field);
        }
        return sql;
    }

    /**
     * What is in the column as the declared type holds it, apart from digits of a time: see {@link
     * Grain}. It is what the column is read as, so that conditions on it mean the same. Nothing is
     * lost in speed: for a column of the very type that this is created as, it is the column, and
     * DuckDB looks through integers and decimals that get wider.
     */
    String sql() {
        return switch (type.getTypeRoot()) {
            case ARRAY, MAP, MULTISET, ROW -> reference();
            default -> SqlText.cast(reference(), TypeMapping.ddl(type));
        };
    }
}
