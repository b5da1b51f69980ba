package ai.altertable.local.lake;

import ai.altertable.local.Storage;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tables that are there, for those who look at the server. Sizes are those of the files on
 * DuckLake, and an estimate from the widths of the columns in DuckDB's own tables.
 */
public final class Inventory {

    /** Bytes of a value before compression; texts are taken for short ones. */
    private static final String WIDTH =
            """
            CASE WHEN data_type = 'BOOLEAN' OR data_type LIKE '%TINYINT' THEN 1
                 WHEN data_type LIKE '%SMALLINT' THEN 2
                 WHEN data_type IN ('INTEGER', 'UINTEGER', 'FLOAT', 'DATE') THEN 4
                 WHEN data_type IN ('HUGEINT', 'UHUGEINT', 'UUID', 'INTERVAL') THEN 16
                 WHEN data_type LIKE '%BIGINT' OR data_type LIKE 'TIME%' OR data_type = 'DOUBLE'
                      OR data_type LIKE 'DECIMAL%' THEN 8
                 ELSE 24 END\
            """;

    private final Lake lake;

    public Inventory(Lake lake) {
        this.lake = lake;
    }

    /** Each table with its rows and its size. */
    public List<Map<String, Object>> tables() throws SQLException {
        try (Connection connection = lake.session();
                Statement statement = connection.createStatement()) {
            // In one transaction no table goes away between being listed and being counted.
            connection.setAutoCommit(false);
            Map<TableRef, Long> bytes = sizes(statement);
            Map<TableRef, Long> columns = new LinkedHashMap<>();
            read(statement, columns, query());
            List<Map<String, Object>> tables = new ArrayList<>();
            for (TableRef name : columns.keySet()) {
                Map<String, Object> table = new LinkedHashMap<>();
                table.put("catalog", name.catalog());
                table.put("schema", name.schema());
                table.put("table", name.table());
                table.put("rows", rows(statement, name));
                table.put("columns", columns.get(name));
                table.put("bytes", bytes.get(name));
                tables.add(table);
            }
            return tables;
        }
    }

    /** By counting: what DuckDB and DuckLake estimate goes on to count rows that were deleted. */
    private static long rows(Statement statement, TableRef table) throws SQLException {
        try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table.sql())) {
            count.next();
            return count.getLong(1);
        }
    }

    private String query() {
        return "SELECT database_name, schema_name, table_name, column_count"
                + " FROM duckdb_tables() WHERE database_name IN ("
                + catalogs()
                + ") ORDER BY ALL";
    }

    private String catalogs() {
        return lake.store().catalogs().stream().map(Sql::literal).collect(Collectors.joining(", "));
    }

    private Map<TableRef, Long> sizes(Statement statement) throws SQLException {
        Map<TableRef, Long> sizes = new HashMap<>();
        if (lake.store().storage() == Storage.DUCKDB) {
            read(
                    statement,
                    sizes,
                    "SELECT database_name, t.schema_name, t.table_name, sum(estimated_size * "
                            + WIDTH
                            + ")::BIGINT FROM duckdb_tables() t JOIN duckdb_columns()"
                            + " USING (database_name, table_oid) WHERE database_name IN ("
                            + catalogs()
                            + ") GROUP BY ALL");
            return sizes;
        }
        for (String catalog : lake.store().catalogs()) {
            read(statement, sizes, fileSizes(catalog));
        }
        return sizes;
    }

    /** By names: the ids of DuckLake are not the oids under which DuckDB lists its tables. */
    private static String fileSizes(String catalog) {
        return "SELECT "
                + Sql.literal(catalog)
                + ", schema_name, table_name, file_size_bytes + delete_file_size_bytes"
                + " FROM ducklake_table_info("
                + Sql.literal(catalog)
                + ") JOIN "
                + Sql.identifier("__ducklake_metadata_" + catalog)
                + ".ducklake_schema USING (schema_id) WHERE end_snapshot IS NULL";
    }

    private static void read(Statement statement, Map<TableRef, Long> numbers, String query)
            throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                numbers.put(name(result), result.getLong(4));
            }
        }
    }

    private static TableRef name(ResultSet result) throws SQLException {
        return new TableRef(result.getString(1), result.getString(2), result.getString(3));
    }
}
