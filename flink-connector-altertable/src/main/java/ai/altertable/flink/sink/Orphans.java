package ai.altertable.flink.sink;

import ai.altertable.flink.Connection;
import ai.altertable.flink.TableId;
import ai.altertable.flink.UpsertEndpoint;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.ClientObserver;
import ai.altertable.flink.client.Query;
import ai.altertable.flink.client.RetryPolicy;
import ai.altertable.flink.format.StatementResult;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops staged tables that nobody is going to commit; best effort, and nobody waits for it. */
final class Orphans {

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private Orphans() {}

    /** With a client of its own, since who made them may be closing its one. */
    static CompletableFuture<Void> drop(Connection connection, Collection<TableId> tables) {
        if (tables.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        String about = tables.iterator().next() + " and " + (tables.size() - 1) + " more";
        AltertableClient client =
                AltertableClient.open(
                        connection, RetryPolicy.NEVER, UpsertEndpoint.AUTO, ClientObserver.NONE);
        return StatementResult.of(client, Query.repeatable(about, statement(tables)))
                .handle(
                        (done, failure) -> {
                            client.close();
                            LOG.info(
                                    "Staged tables that will not be committed, {}: {}",
                                    about,
                                    failure == null ? "dropped" : "left, " + failure.getMessage());
                            return null;
                        });
    }

    private static String statement(Collection<TableId> tables) {
        return tables.stream()
                .map(table -> "DROP TABLE IF EXISTS " + CommitScript.name(table))
                .collect(Collectors.joining("; "));
    }
}
