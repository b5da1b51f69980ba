package ai.altertable.local.lake;

import ai.altertable.local.lake.TableColumns.Column;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A file on its way into a table: one atomic transaction, all of the file or none.
 *
 * <h2>Names and types</h2>
 *
 * Into a table that exists, JSON is read with the table's own columns: keys match with case,
 * unknown keys are dropped, missing ones are NULL. CSV and Parquet match names without case. Where
 * the table is made from the file, DuckDB infers names and types.
 *
 * @param keys the columns of the primary key; used by upserts alone
 * @param cursor the column whose greatest value wins; used by upserts alone
 */
public record Load(
        TableRef table,
        LoadMode mode,
        FileFormat format,
        Path file,
        List<String> keys,
        Optional<String> cursor) {

    private static final int MAX_ROW_BYTES = 16 * 1024 * 1024;

    /** Loads the file and answers how many rows were written. */
    public long run(Lake lake) throws SQLException, BadRequest {
        if (!lake.store().hasCatalog(table.catalog())) {
            throw new BadRequest(
                    "Catalog Error: Catalog with name \"" + table.catalog() + "\" does not exist!");
        }
        try (Connection connection = lake.session()) {
            createSchema(lake, connection);
            String sql = statement(connection);
            connection.setAutoCommit(false);
            // What makes a table is in one turn from its start, so that the table keeps its number.
            CommitTurn turn = lake.commitTurn();
            if (mode.makesTable()) {
                return turn.take(() -> commit(connection, load(connection, sql)));
            }
            long rows = load(connection, sql);
            return turn.take(() -> commit(connection, rows));
        } catch (SQLException e) {
            throw new SQLException(forClients(DuckDbError.message(e)), e);
        }
    }

    private long load(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return rowsWritten(statement);
        }
    }

    private static long commit(Connection connection, long rows) throws SQLException {
        connection.commit();
        return rows;
    }

    /** DuckDB does not count the rows of a CREATE TABLE AS. */
    private long rowsWritten(Statement statement) throws SQLException {
        if (!mode.makesTable()) {
            return statement.getLargeUpdateCount();
        }
        try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table.sql())) {
            count.next();
            return count.getLong(1);
        }
    }

    /**
     * The server's own statement and file are no business of a client. DuckDB quotes a statement by
     * a piece of its line, in which the file's path may be cut.
     */
    private String forClients(String message) {
        int quoted = message.lastIndexOf("\n\nLINE 1: ");
        String own = quoted < 0 ? message : message.substring(0, quoted);
        return own.replace(file.toString(), "upload").strip();
    }

    private void createSchema(Lake lake, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet schemas =
                    statement.executeQuery(
                            "SELECT 1 FROM duckdb_schemas() WHERE lower(database_name) = lower("
                                    + Sql.literal(table.catalog())
                                    + ") AND lower(schema_name) = lower("
                                    + Sql.literal(table.schema())
                                    + ")")) {
                if (schemas.next()) {
                    return;
                }
            }
            lake.commitTurn()
                    .take(
                            () ->
                                    statement.execute(
                                            "CREATE SCHEMA IF NOT EXISTS " + table.schemaSql()));
        }
    }

    private String statement(Connection connection) throws SQLException, BadRequest {
        return switch (mode) {
            case CREATE -> "CREATE TABLE " + table.sql() + " AS FROM " + inferred();
            case OVERWRITE -> "CREATE OR REPLACE TABLE " + table.sql() + " AS FROM " + inferred();
            case APPEND -> append(connection, existing(connection));
            case UPSERT -> upsert(connection, existing(connection));
        };
    }

    private TableColumns existing(Connection connection) throws SQLException, BadRequest {
        TableColumns columns = TableColumns.ofTable(connection, table);
        if (columns.isEmpty()) {
            throw new BadRequest(
                    "Catalog Error: Table with name \"" + table + "\" does not exist!");
        }
        return columns;
    }

    private String inferred() {
        return switch (format) {
            case JSON -> "read_json(" + path() + ", maximum_object_size = " + MAX_ROW_BYTES + ")";
            case CSV -> "read_csv(" + path() + ")";
            case PARQUET -> "read_parquet(" + path() + ")";
        };
    }

    private String append(Connection connection, TableColumns columns) throws SQLException {
        if (format == FileFormat.CSV && !csvHasHeader(connection, columns)) {
            return "INSERT INTO "
                    + table.sql()
                    + " FROM read_csv("
                    + path()
                    + ", header = false, all_varchar = true)";
        }
        return "INSERT INTO " + table.sql() + " BY NAME FROM " + typed(columns);
    }

    /** The file as a relation whose columns have the names of the table's. */
    private String typed(TableColumns columns) {
        return switch (format) {
            case JSON ->
                    "read_json("
                            + path()
                            + ", columns = "
                            + columns.asStructLiteral()
                            + ", maximum_object_size = "
                            + MAX_ROW_BYTES
                            + ")";
            case CSV -> "read_csv(" + path() + ", header = true, all_varchar = true)";
            case PARQUET -> inferred();
        };
    }

    /** A first line that holds nothing but names of columns is a header. */
    private boolean csvHasHeader(Connection connection, TableColumns columns) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet first =
                        statement.executeQuery(
                                "FROM read_csv("
                                        + path()
                                        + ", header = false, all_varchar = true) LIMIT 1")) {
            if (!first.next()) {
                return false;
            }
            for (int i = 1; i <= first.getMetaData().getColumnCount(); i++) {
                String name = first.getString(i);
                if (name == null || columns.find(name).isEmpty()) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Matched rows get the file's columns, others are inserted. A NULL in a key never matches. Of
     * several rows of one key one is taken, with a cursor the greatest.
     */
    private String upsert(Connection connection, TableColumns target)
            throws SQLException, BadRequest {
        TableColumns source = TableColumns.ofQuery(connection, "FROM " + typed(target));
        for (Column column : source.columns()) {
            find(target, column.name());
        }
        List<String> keyNames = keys.stream().map(Sql::identifier).toList();
        for (String key : keys) {
            find(target, key);
            find(source, key);
        }
        if (cursor.isPresent()) {
            find(target, cursor.get());
            find(source, cursor.get());
        }
        Optional<String> cursorName = cursor.map(Sql::identifier);
        List<Column> columns =
                source.columns().stream().map(c -> target.find(c.name()).orElseThrow()).toList();
        List<Column> updated =
                columns.stream()
                        .filter(column -> keys.stream().noneMatch(column.name()::equalsIgnoreCase))
                        .toList();
        String update =
                updated.isEmpty()
                        ? "DO NOTHING"
                        : "UPDATE SET "
                                + join(updated, ", ", c -> c.sql() + " = source." + c.sql());
        return "MERGE INTO "
                + table.sql()
                + " AS target USING ("
                + latestRows(target, columns, keyNames, cursorName)
                + ") AS source ON "
                + keyNames.stream()
                        .map(key -> "target." + key + " = source." + key)
                        .collect(Collectors.joining(" AND "))
                + " WHEN MATCHED"
                + cursorName.map(c -> " AND source." + c + " > target." + c).orElse("")
                + " THEN "
                + update
                + " WHEN NOT MATCHED THEN INSERT ("
                + join(columns, ", ", Column::sql)
                + ") VALUES ("
                + join(columns, ", ", c -> "source." + c.sql())
                + ")";
    }

    private String latestRows(
            TableColumns target,
            List<Column> columns,
            List<String> keyNames,
            Optional<String> cursorName) {
        return "SELECT * FROM (SELECT "
                + join(
                        columns,
                        ", ",
                        c -> "CAST(" + c.sql() + " AS " + c.type() + ") AS " + c.sql())
                + " FROM "
                + typed(target)
                + ") QUALIFY row_number() OVER (PARTITION BY "
                + String.join(", ", keyNames)
                + cursorName.map(c -> " ORDER BY " + c + " DESC NULLS LAST").orElse("")
                + ") = 1"
                + keyNames.stream()
                        .map(key -> " OR " + key + " IS NULL")
                        .collect(Collectors.joining());
    }

    private static String join(
            List<Column> columns, String separator, Function<Column, String> text) {
        return columns.stream().map(text).collect(Collectors.joining(separator));
    }

    private void find(TableColumns columns, String name) throws BadRequest {
        if (columns.find(name).isEmpty()) {
            throw new BadRequest(
                    "Binder Error: there is no column \""
                            + name
                            + "\" in "
                            + table
                            + " or in the file");
        }
    }

    private String path() {
        return Sql.literal(file.toString());
    }
}
