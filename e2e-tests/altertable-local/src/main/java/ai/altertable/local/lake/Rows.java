package ai.altertable.local.lake;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

/** Whole results as JDBC has their values. */
public final class Rows {

    private Rows() {}

    public static List<List<Object>> of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
            checkEnd(result.unwrap(DuckDBResultSet.class));
            return rows;
        }
    }

    /** The driver ends a stream silently where it failed; asked for one batch more, it says so. */
    private static void checkEnd(DuckDBResultSet result) throws SQLException {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowReader rest = (ArrowReader) result.arrowExportStream(allocator, 1)) {
            rest.loadNextBatch();
        } catch (IOException | SQLException e) {
            throw new SQLException("the result broke off: " + e.getMessage(), e);
        }
    }
}
