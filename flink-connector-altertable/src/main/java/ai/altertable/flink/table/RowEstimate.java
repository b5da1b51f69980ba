package ai.altertable.flink.table;

import ai.altertable.flink.Connection;
import ai.altertable.flink.UpsertEndpoint;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.ClientObserver;
import ai.altertable.flink.client.Explanation;
import ai.altertable.flink.client.RetryPolicy;
import ai.altertable.flink.source.Scan;
import ai.altertable.flink.source.ScanSql;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many rows the server expects of a scan, for the planner of a batch job: without it, the small
 * side of a join is anybody's guess.
 *
 * <p>This is the one place that asks the server while a statement is planned. So it asks once, for
 * a plan and not for rows, waits no longer than {@link #PATIENCE}, and any trouble is no answer:
 * the statement is planned without.
 */
final class RowEstimate {

    private static final Logger LOG = LoggerFactory.getLogger(RowEstimate.class);

    static final Duration PATIENCE = Duration.ofSeconds(3);

    private RowEstimate() {}

    static Optional<Long> of(Connection connection, Scan scan) {
        try (AltertableClient client =
                AltertableClient.open(
                        connection, RetryPolicy.NEVER, UpsertEndpoint.AUTO, ClientObserver.NONE)) {
            return client.explain(scan.about(), ScanSql.of(scan).rows())
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .flatMap(RowEstimate::rows)
                    .map(rows -> Math.min(rows, scan.limit()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("{} is planned without a number of rows", scan.about(), e);
            return Optional.empty();
        }
    }

    /** Of several tables, as a query may have, nobody knows what becomes. */
    private static Optional<Long> rows(Explanation explanation) {
        if (explanation.tables().size() != 1) {
            return Optional.empty();
        }
        OptionalLong rows = explanation.tables().get(0).estimatedRows();
        return rows.isPresent() ? Optional.of(rows.getAsLong()) : Optional.empty();
    }
}
