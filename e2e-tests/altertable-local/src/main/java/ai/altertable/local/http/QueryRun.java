package ai.altertable.local.http;

import ai.altertable.local.lake.BadRequest;
import ai.altertable.local.lake.DuckDbError;
import ai.altertable.local.lake.Lake;
import ai.altertable.local.lake.Sql;
import ai.altertable.local.lake.SqlScript.Statement;
import ai.altertable.local.render.RenderException;
import ai.altertable.local.render.ResultLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBResultSet;

/**
 * Runs the statements of a request in order, on a connection of their own; the answer is the last
 * one's. A transaction that they leave open is rolled back.
 */
final class QueryRun {

    private static final int REASON_ATTEMPTS = 5;

    private final Lake lake;
    private final BufferAllocator allocator;
    private final RunningQuery query;
    private boolean inTransaction;

    QueryRun(Lake lake, BufferAllocator allocator, RunningQuery query) {
        this.lake = lake;
        this.allocator = allocator;
        this.query = query;
    }

    void run(List<Statement> statements, QueryAnswer answer)
            throws QueryFailure, BadRequest, IOException {
        try (Connection connection = lake.session()) {
            enter(connection, query.request().scope());
            checkSyntax(connection, statements);
            for (Statement statement : statements.subList(0, statements.size() - 1)) {
                runQuietly(connection, statement);
            }
            Statement last = statements.get(statements.size() - 1);
            if (query.request().result().format() == QueryFormat.DEFAULT) {
                runLast(connection, last, answer);
            } else {
                export(connection, last, answer);
            }
        } catch (SQLException e) {
            throw new QueryFailure(DuckDbError.message(e), e);
        } catch (RenderException e) {
            throw new QueryFailure(e.getMessage(), e);
        }
    }

    private void enter(Connection connection, QueryRequest.Scope scope)
            throws SQLException, BadRequest {
        try (java.sql.Statement statement = connection.createStatement()) {
            if (scope.timezone().isPresent()) {
                statement.execute("SET TimeZone = " + Sql.literal(scope.timezone().get()));
            }
            String names =
                    Stream.of(scope.catalog(), scope.schema())
                            .flatMap(Optional::stream)
                            .map(Sql::identifier)
                            .collect(Collectors.joining("."));
            if (!names.isEmpty()) {
                lake.guard().check("USE " + names);
                statement.execute("USE " + names);
            }
        }
    }

    /** DuckDB would parse a script as a whole, so one that cannot be parsed runs in no part. */
    private static void checkSyntax(Connection connection, List<Statement> statements)
            throws SQLException {
        if (statements.size() == 1) {
            return;
        }
        for (Statement statement : statements) {
            try (PreparedStatement prepared = connection.prepareStatement(statement.text())) {
                prepared.getMetaData();
            } catch (SQLException e) {
                // Other errors may come from names that an earlier statement is going to make.
                if (DuckDbError.message(e).startsWith("Parser Error")) {
                    throw e;
                }
            }
        }
    }

    /** Through Arrow even here: the driver's own way to read a stream ends silently at an error. */
    private void runQuietly(Connection connection, Statement statement) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement.text())) {
            query.runs(prepared);
            if (execute(statement, prepared)) {
                List<String> types = types(connection, statement, prepared.getMetaData());
                try (ResultSet result = prepared.getResultSet();
                        ResultLines lines = lines(result, types)) {
                    while (lines.advance()) {
                        query.checkCancelled();
                    }
                }
            }
        }
    }

    private boolean execute(Statement statement, PreparedStatement prepared) throws SQLException {
        boolean commits =
                inTransaction
                        ? statement.closesTransaction()
                        : !statement.onlyReads() && !statement.opensTransaction();
        boolean hasResult =
                commits
                        ? lake.commitTurn().take(prepared::execute, query::checkCancelled)
                        : prepared.execute();
        inTransaction =
                statement.opensTransaction() || inTransaction && !statement.closesTransaction();
        return hasResult;
    }

    private void runLast(Connection connection, Statement statement, QueryAnswer answer)
            throws SQLException, IOException {
        try (PreparedStatement prepared = connection.prepareStatement(statement.text())) {
            query.runs(prepared);
            List<String> types = types(connection, statement, prepared.getMetaData());
            if (execute(statement, prepared)) {
                try (ResultSet result = prepared.getResultSet();
                        ResultLines lines = lines(result, types)) {
                    answer.result(lines, query.request().result().window());
                }
            } else {
                answer.count(prepared.getLargeUpdateCount());
            }
        } catch (SQLException e) {
            throw withReason(connection, statement, e);
        }
    }

    /**
     * Writes the result to a file first, so that a failure can still be told by the status. The
     * statement is bound by itself before, so that no bracket in it can end the COPY around it.
     */
    private void export(Connection connection, Statement statement, QueryAnswer answer)
            throws SQLException, IOException {
        QueryRequest.Result wanted = query.request().result();
        Path file = lake.newSpoolFile();
        String copy =
                "COPY (FROM ("
                        + statement.text()
                        + "\n) LIMIT "
                        + wanted.window().limit()
                        + " OFFSET "
                        + wanted.window().offset()
                        + ") TO "
                        + Sql.literal(file.toString())
                        + " (FORMAT "
                        + wanted.format().copyOptions()
                        + ")";
        try (PreparedStatement byItself = connection.prepareStatement(statement.text());
                java.sql.Statement running = connection.createStatement()) {
            byItself.getMetaData();
            query.runs(running);
            running.execute(copy);
            answer.file(file, wanted.format().contentType());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Where one of DuckDB's threads fails in the middle of a stream, the driver sometimes tells
     * only that the others were interrupted. What only reads is then run again, to hear the reason.
     */
    private SQLException withReason(Connection connection, Statement statement, SQLException e) {
        SQLException reason = e;
        for (int i = 0; i < REASON_ATTEMPTS && DuckDbError.isInterrupt(reason); i++) {
            if (query.isCancelled() || !statement.onlyReads()) {
                return reason;
            }
            try {
                runQuietly(connection, statement);
                return reason;
            } catch (SQLException again) {
                reason = again;
            }
        }
        return reason;
    }

    private ResultLines lines(ResultSet result, List<String> types) throws SQLException {
        return new ResultLines((DuckDBResultSet) result, types, allocator);
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
