package ai.altertable.flink.format;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.flink.table.types.logical.RowType;
import org.duckdb.DuckDBDriver;

/** A real DuckDB in memory, the judge of every statement and file that this package makes. */
final class DuckDb implements AutoCloseable {

    private final Connection connection;

    DuckDb() throws SQLException {
        connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The result's rows as the driver's text of each value, NULL as null. */
    List<List<String>> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    Object value = result.getObject(i);
                    row.add(value == null ? null : value.toString());
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** The rows of a select list made by {@link TypeMapping#selectItems}. */
    List<List<Object>> selected(String sql, RowType type) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 0; i < type.getFieldCount(); i++) {
                    row.add(PlainValue.ofSelected(result.getObject(i + 1), type.getTypeAt(i)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** What the connector learns of a table. */
    List<DuckType.Field> columns(String table) throws SQLException {
        return rows(
                        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = "
                                + SqlText.quoted(table)
                                + " ORDER BY column_index")
                .stream()
                .map(row -> DuckType.Field.of(row.get(0), row.get(1)))
                .toList();
    }

    /** The one value of a result with one row and one column. */
    String value(String sql) throws SQLException {
        List<List<String>> rows = rows(sql);
        if (rows.size() != 1 || rows.get(0).size() != 1) {
            throw new IllegalStateException("not one value: " + rows);
        }
        return rows.get(0).get(0);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
