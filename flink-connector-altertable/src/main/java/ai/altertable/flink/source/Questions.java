package ai.altertable.flink.source;

import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.AltertableException;
import ai.altertable.flink.client.Explanation;
import ai.altertable.flink.client.Outcome;
import ai.altertable.flink.client.Query;
import ai.altertable.flink.client.Validation;
import ai.altertable.flink.format.DuckType;
import ai.altertable.flink.format.QueryColumns;
import ai.altertable.flink.format.SmallResult;
import ai.altertable.flink.format.TableSearch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is asked to plan a scan, each question waited for. Not for a thread that must not block.
 *
 * @param about what messages call the scan
 */
record Questions(AltertableClient client, String about) {

    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    /** Fails where a part of the table's name is wrong, and says which. */
    void checkThatItExists(Scan.Table table) throws IOException {
        answer(TableSearch.of(client, table.id())).orThrow();
    }

    /** Empty where the server cannot tell. */
    Optional<Validation> validate(String statement) throws IOException {
        try {
            return Optional.of(answer(client.validate(about, statement)));
        } catch (AltertableException e) {
            // Not every server has such an endpoint.
            int status = e.status().orElse(0);
            if (status == 404 || status == 405 || status == 501) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Empty where the server cannot tell, or does not: it is an estimate, and can be counted. */
    Optional<Explanation> explain(String statement) throws IOException {
        try {
            return answer(client.explain(about, statement));
        } catch (AltertableException e) {
            if (e.outcome() == Outcome.CANCELLED) {
                throw e;
            }
            LOG.info("{} is planned without the server's estimate: {}", about, e.getMessage());
            return Optional.empty();
        }
    }

    List<DuckType.Field> columnsOf(String select) throws IOException {
        return answer(QueryColumns.of(client, about, select));
    }

    /**
     * @param select whose items are called {@code f0}, {@code f1} and so on
     */
    List<RowData> rows(String select, LogicalType... types) throws IOException {
        return answer(SmallResult.rows(client, Query.reading(about, select), RowType.of(types)));
    }

    /** Nothing if the server refuses the statement: for what not every server has. */
    Optional<List<RowData>> rowsIfPossible(String select, LogicalType... types) throws IOException {
        try {
            return Optional.of(rows(select, types));
        } catch (AltertableException e) {
            if (isRefusal(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The server has understood the statement and does not take it. */
    static boolean isRefusal(AltertableException e) {
        return e.outcome() == Outcome.REJECTED;
    }

    private static <T> T answer(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw e.getCause() instanceof RuntimeException unexpected ? unexpected : e;
        }
    }
}
