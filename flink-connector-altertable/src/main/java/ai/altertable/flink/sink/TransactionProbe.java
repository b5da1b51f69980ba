package ai.altertable.flink.sink;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.TableId;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.AltertableException;
import ai.altertable.flink.client.Outcome;
import ai.altertable.flink.client.Query;
import ai.altertable.flink.format.SmallResult;
import ai.altertable.flink.format.StatementResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves, before any row is staged, that the server runs several statements in one call as one
 * transaction: by its effects on two small tables, whatever its answers are.
 *
 * <ol>
 *   <li>A transaction that inserts, drops, and fails, leaves nothing of it.
 *   <li>One that inserts and drops, does both.
 *   <li>The same again fails as a whole: what it drops is gone.
 * </ol>
 */
final class TransactionProbe {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionProbe.class);

    private static final int BEFORE = 0;
    private static final int FAILED = 1;
    private static final int COMMITTED = 2;
    private static final int FENCED = 3;

    private static final RowType NUMBERS =
            RowType.of(new LogicalType[] {new IntType()}, new String[] {"n"});

    private final AltertableClient client;
    private final TableId beside;
    private final String evidence;
    private final String fence;
    private final String missing;

    private TransactionProbe(AltertableClient client, StagedChunks.How how, String job) {
        this.client = client;
        this.beside = how.target();
        String name = StagedNames.next(how.target(), job, Instant.now());
        evidence = CommitScript.name(how.staged(name + "e"));
        fence = CommitScript.name(how.staged(name + "f"));
        missing = CommitScript.name(how.staged(name + "m"));
    }

    /**
     * Refuses a server that cannot do it. What a bad moment spoiled is tried again from the start.
     */
    static void run(AltertableClient client, StagedChunks.How how, String job, Duration limit)
            throws IOException, InterruptedException {
        Patience patience = new Patience(limit);
        while (true) {
            try {
                new TransactionProbe(client, how, job).run();
                return;
            } catch (AltertableException e) {
                if (!e.outcome().retryHelps() || !patience.waits()) {
                    throw e;
                }
                LOG.info("The probe of transactions begins again: {}", e.getMessage());
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        change(
                "CREATE TABLE "
                        + evidence
                        + " AS SELECT "
                        + BEFORE
                        + " AS n; CREATE TABLE "
                        + fence
                        + " AS SELECT 0 AS n");
        transaction(insert(FAILED), drop(fence), drop(missing));
        transaction(insert(COMMITTED), drop(fence));
        transaction(insert(FENCED), drop(fence));
        Set<Integer> seen = new TreeSet<>();
        Blocking.await(SmallResult.rows(client, Query.reading(beside.toString(), read()), NUMBERS))
                .forEach(row -> seen.add(row.getInt(0)));
        check(seen);
        change("DROP TABLE IF EXISTS " + evidence + "; DROP TABLE IF EXISTS " + fence);
    }

    private void check(Set<Integer> seen) {
        if (seen.contains(FAILED)) {
            throw refusal("a transaction whose last statement failed left something behind");
        }
        if (!seen.contains(BEFORE) || !seen.contains(COMMITTED)) {
            throw refusal(
                    "a transaction that followed a failed one, and in which nothing was wrong, left"
                            + " nothing behind");
        }
        if (seen.contains(FENCED)) {
            throw refusal(
                    "a transaction that drops a table which is not there left something behind");
        }
    }

    private ValidationException refusal(String what) {
        return new ValidationException(
                "The server cannot write exactly once to "
                        + beside
                        + ": it does not run BEGIN TRANSACTION … COMMIT in one /query as one"
                        + " transaction: "
                        + what
                        + ". Set the option '"
                        + AltertableOptions.SINK_DELIVERY_GUARANTEE.key()
                        + "' to 'at-least-once'");
    }

    private String read() {
        return "SELECT n FROM " + evidence + " WHERE '" + UUID.randomUUID() + "' <> ''";
    }

    private String insert(int number) {
        return "INSERT INTO " + evidence + " VALUES (" + number + ")";
    }

    private static String drop(String table) {
        return "DROP TABLE " + table;
    }

    private void change(String statements) throws IOException, InterruptedException {
        Blocking.await(StatementResult.of(client, Query.changing(beside.toString(), statements)));
    }

    /** Refused or not: what counts is what is there afterwards. */
    private void transaction(String... statements) throws IOException, InterruptedException {
        UUID session = UUID.randomUUID();
        String script = "BEGIN TRANSACTION; " + String.join("; ", List.of(statements)) + "; COMMIT";
        try {
            Blocking.await(
                    StatementResult.of(
                            client, Query.changing(beside.toString(), script).in(session)));
        } catch (AltertableException e) {
            if (e.outcome() != Outcome.REJECTED) {
                throw e;
            }
            rollBack(session);
        }
    }

    private void rollBack(UUID session) throws IOException, InterruptedException {
        try {
            Blocking.await(
                    StatementResult.of(
                            client, Query.changing(beside.toString(), "ROLLBACK").in(session)));
        } catch (AltertableException e) {
            if (e.outcome() != Outcome.REJECTED) {
                throw e;
            }
        }
    }
}
