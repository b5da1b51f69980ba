package ai.altertable.flink.format;

import ai.altertable.flink.TableId;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * The questions of {@link TableSearch} to the server's catalog, and how their answers look. By
 * functions, which every DuckDB finds whatever database is the current one.
 */
final class CatalogRows {

    private static final LogicalType TEXT = VarCharType.STRING_TYPE;

    /** A column's place and what it is. */
    static final RowType COLUMN =
            RowType.of(
                    new LogicalType[] {TEXT, TEXT, TEXT, TEXT, TEXT, new BooleanType()},
                    new String[] {
                        "database_name",
                        "schema_name",
                        "table_name",
                        "column_name",
                        "data_type",
                        "is_nullable"
                    });

    /** A catalog; or a schema and its catalog; or a table, its schema and its catalog. */
    static final RowType NAMES =
            RowType.of(
                    new LogicalType[] {TEXT, TEXT, TEXT},
                    new String[] {"database_name", "schema_name", "table_name"});

    private CatalogRows() {}

    /**
     * The columns of all tables of this name; a foreign catalog may have several, by their case.
     */
    static String columnsOf(TableId table) {
        String catalog = text(table.catalog());
        String schema = text(table.schema());
        String name = text(table.table());
        return """
        SELECT database_name, schema_name, table_name, column_name, data_type, is_nullable
        FROM duckdb_columns()
        WHERE lower(database_name) = lower(%1$s) AND lower(schema_name) = lower(%2$s)
        AND lower(table_name) = lower(%3$s)
        ORDER BY database_name <> %1$s, schema_name <> %2$s, table_name <> %3$s,
        database_name, schema_name, table_name, column_index\
        """
                .formatted(catalog, schema, name);
    }

    /** What could be meant by the parts of a name. */
    static String namesNear(TableId table) {
        return """
        SELECT database_name, NULL AS schema_name, NULL AS table_name
        FROM duckdb_databases() WHERE NOT internal
        UNION ALL SELECT database_name, schema_name, NULL FROM duckdb_schemas()
        WHERE lower(database_name) = lower(%1$s)
        AND schema_name NOT IN ('information_schema', 'pg_catalog')
        UNION ALL SELECT database_name, schema_name, table_name FROM duckdb_tables()
        WHERE lower(database_name) = lower(%1$s) AND lower(schema_name) = lower(%2$s)
        UNION ALL SELECT database_name, schema_name, view_name FROM duckdb_views()
        WHERE lower(database_name) = lower(%1$s) AND lower(schema_name) = lower(%2$s)\
        """
                .formatted(text(table.catalog()), text(table.schema()));
    }

    private static String text(String name) {
        return SqlText.literal(name, TEXT);
    }

    /** The first of the tables; its rows come first. */
    static TableColumns firstTable(List<RowData> rows) {
        TableId table = table(rows.get(0));
        return new TableColumns(
                table,
                rows.stream()
                        .filter(row -> table(row).equals(table))
                        .map(
                                row ->
                                        new TableColumns.Column(
                                                text(row, 3),
                                                DuckType.reported(text(row, 4)),
                                                row.getBoolean(5)))
                        .toList());
    }

    /** The parts of names that stand at one place, where they do not stand for a larger thing. */
    static List<String> parts(List<RowData> names, int place) {
        int next = place + 1;
        return names.stream()
                .filter(row -> !row.isNullAt(place))
                .filter(row -> next == NAMES.getFieldCount() || row.isNullAt(next))
                .map(row -> text(row, place))
                .toList();
    }

    private static TableId table(RowData row) {
        return new TableId(text(row, 0), text(row, 1), text(row, 2));
    }

    private static String text(RowData row, int field) {
        return row.getString(field).toString();
    }
}
