package ai.altertable.flink.format;

import ai.altertable.flink.TableId;
import java.util.List;

/**
 * What a table or a view really looks like: names as they are spelled, types, in the table's order.
 * {@link TableSearch} finds it.
 *
 * @param table its name as it is spelled, which JSON, Parquet and SQL may ask for in any case
 */
public record TableColumns(TableId table, List<Column> columns) {

    /** A column of the table. */
    public record Column(String name, DuckType type, boolean nullable) {}

    public TableColumns {
        columns = List.copyOf(columns);
    }

    /** As {@link TypeMapping} asks for them. */
    public List<DuckType.Field> fields() {
        return columns.stream()
                .map(column -> new DuckType.Field(column.name(), column.type()))
                .toList();
    }
}
