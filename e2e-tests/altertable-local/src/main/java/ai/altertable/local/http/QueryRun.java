package ai.altertable.local.http;

import ai.altertable.local.lake.DuckDbError;
import ai.altertable.local.lake.Lake;
import ai.altertable.local.lake.Sql;
import ai.altertable.local.lake.SqlScript.Statement;
import ai.altertable.local.render.RenderException;
import ai.altertable.local.render.ResultLines;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBResultSet;

/**
 * Runs the statements of a request in order, on a connection of their own; the answer is the last
 * one's. A transaction that they leave open is rolled back.
 */
final class QueryRun {

    private final Lake lake;
    private final BufferAllocator allocator;
    private final RunningQuery query;

    QueryRun(Lake lake, BufferAllocator allocator, RunningQuery query) {
        this.lake = lake;
        this.allocator = allocator;
        this.query = query;
    }

    void run(List<Statement> statements, QueryAnswer answer) throws QueryFailure, IOException {
        try (Connection connection = lake.session()) {
            enter(connection, query.request().scope());
            for (Statement statement : statements.subList(0, statements.size() - 1)) {
                runQuietly(connection, statement);
            }
            runLast(connection, statements.get(statements.size() - 1), answer);
        } catch (SQLException e) {
            throw new QueryFailure(DuckDbError.message(e), e);
        } catch (RenderException e) {
            throw new QueryFailure(e.getMessage(), e);
        }
    }

    private static void enter(Connection connection, QueryRequest.Scope scope) throws SQLException {
        try (java.sql.Statement statement = connection.createStatement()) {
            if (scope.timezone().isPresent()) {
                statement.execute("SET TimeZone = " + Sql.literal(scope.timezone().get()));
            }
            if (scope.catalog().isPresent()) {
                statement.execute(
                        "USE "
                                + Sql.identifier(scope.catalog().get())
                                + scope.schema().map(s -> "." + Sql.identifier(s)).orElse(""));
            } else if (scope.schema().isPresent()) {
                statement.execute("USE " + Sql.identifier(scope.schema().get()));
            }
        }
    }

    private void runQuietly(Connection connection, Statement statement) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement.text())) {
            query.runs(prepared);
            if (prepared.execute()) {
                try (ResultSet result = prepared.getResultSet()) {
                    while (result.next()) {
                        query.checkCancelled();
                    }
                }
            }
        }
    }

    private void runLast(Connection connection, Statement statement, QueryAnswer answer)
            throws SQLException, IOException {
        try (PreparedStatement prepared = connection.prepareStatement(statement.text())) {
            query.runs(prepared);
            List<String> types = types(connection, statement, prepared.getMetaData());
            if (prepared.execute()) {
                try (ResultSet result = prepared.getResultSet();
                        ResultLines lines =
                                new ResultLines((DuckDBResultSet) result, types, allocator)) {
                    answer.result(lines, query.request().window());
                }
            } else {
                answer.count(prepared.getLargeUpdateCount());
            }
        }
    }

    private static List<String> types(
            Connection connection, Statement statement, ResultSetMetaData metadata)
            throws SQLException {
        List<String> types = new ArrayList<>();
        for (int i = 1; metadata != null && i <= metadata.getColumnCount(); i++) {
            types.add(metadata.getColumnTypeName(i));
        }
        return types.contains("ENUM") ? described(connection, statement).orElse(types) : types;
    }

    /** The driver leaves out the values of an ENUM; DESCRIBE has them, for what it can describe. */
    private static Optional<List<String>> described(Connection connection, Statement statement) {
        List<String> types = new ArrayList<>();
        try (java.sql.Statement describe = connection.createStatement();
                ResultSet result = describe.executeQuery("DESCRIBE " + statement.text())) {
            while (result.next()) {
                types.add(result.getString(2));
            }
            return Optional.of(types);
        } catch (SQLException notDescribable) {
            return Optional.empty();
        }
    }
}
