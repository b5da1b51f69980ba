package ai.altertable.local.lake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The columns of a table as DuckDB has them, or of a file as DuckDB reads it. */
record TableColumns(List<Column> columns) {

    record Column(String name, String type) {
        String sql() {
            return Sql.identifier(name);
        }
    }

    /** The columns of a table; empty when there is no such table. */
    static TableColumns ofTable(Connection connection, TableRef table) throws SQLException {
        return read(
                connection,
                """
                SELECT column_name, data_type FROM duckdb_columns()
                WHERE lower(database_name) = lower(?) AND lower(schema_name) = lower(?)
                  AND lower(table_name) = lower(?)
                ORDER BY column_index\
                """,
                table.catalog(),
                table.schema(),
                table.table());
    }

    static TableColumns ofQuery(Connection connection, String query) throws SQLException {
        return read(connection, "DESCRIBE " + query);
    }

    private static TableColumns read(Connection connection, String sql, String... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<Column> columns = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    columns.add(new Column(result.getString(1), result.getString(2)));
                }
            }
            return new TableColumns(List.copyOf(columns));
        }
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Names match without case, as SQL has it. */
    Optional<Column> find(String name) {
        return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
    }

    /** The {@code columns} argument of {@code read_json}. */
    String asStructLiteral() {
        return columns.stream()
                .map(column -> Sql.literal(column.name()) + ": " + Sql.literal(column.type()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
