package ai.altertable.flink.sink;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.UpsertEndpoint;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.AltertableException;
import ai.altertable.flink.client.ClientObserver;
import ai.altertable.flink.client.Query;
import ai.altertable.flink.client.RetryPolicy;
import ai.altertable.flink.format.StatementResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.Committer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what a checkpoint staged, by one transaction, and never guesses what became of it.
 *
 * <h2>What happens</h2>
 *
 * <p>The transaction is sent; then the ledger is read, whatever the answer was: a server may answer
 * success to the COMMIT of a transaction that it rolled back, and an answer may be lost.
 *
 * <ul>
 *   <li>In the ledger: committed, by this attempt or by one before it.
 *   <li>Not there, and the staged tables are: not committed. The same transaction again, or the
 *       server's reason if it refused for good. That an earlier attempt still runs does no harm: of
 *       the two, one fails at a table that the other one drops.
 *   <li>Neither there: somebody else dropped the staged rows. Nobody can tell any more what they
 *       were, so the job fails and says so, at each restart.
 * </ul>
 *
 * <p>A restored commit goes the same way: if it was done, its transaction fails at the first staged
 * table, and the ledger tells why.
 *
 * <h2>Failing</h2>
 *
 * <p>Always by an exception: the checkpoint keeps what is to be committed. Never by {@code
 * signalFailedWithKnownReason}, with which Flink drops it and goes on.
 */
final class CheckpointCommitter implements Committer<StagedChunks> {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointCommitter.class);

    private final SinkSettings settings;
    private final String job;
    private final AltertableClient client;
    private final OrphanSweep sweep;

    CheckpointCommitter(SinkSettings settings, String job) {
        this.settings = settings;
        this.job = job;
        // To try again is decided here, with a look at the ledger in between.
        this.client =
                AltertableClient.open(
                        settings.connection(),
                        RetryPolicy.NEVER,
                        UpsertEndpoint.AUTO,
                        ClientObserver.NONE);
        this.sweep = new OrphanSweep(settings, client);
    }

    @Override
    public void commit(Collection<CommitRequest<StagedChunks>> requests)
            throws IOException, InterruptedException {
        Map<StagedChunks.How, List<StagedChunks>> byHow = new LinkedHashMap<>();
        for (CommitRequest<StagedChunks> request : requests) {
            StagedChunks staged = request.getCommittable();
            byHow.computeIfAbsent(staged.how(), how -> new ArrayList<>()).add(staged);
        }
        for (Map.Entry<StagedChunks.How, List<StagedChunks>> one : byHow.entrySet()) {
            commit(one.getKey(), one.getValue());
            sweep.afterCommit(one.getKey());
        }
    }

    private void commit(StagedChunks.How how, List<StagedChunks> all)
            throws IOException, InterruptedException {
        Ledger ledger = new Ledger(client, how.ledger());
        Patience patience = new Patience(settings.committing().timeout());
        List<StagedChunks> open = all;
        while (true) {
            IOException failure = run(open);
            try {
                List<StagedChunks> left = stillOpen(ledger, open);
                if (left.isEmpty()) {
                    return;
                }
                // Where some were done before, it is a transaction without them that is due.
                if (left.size() == open.size()) {
                    checkIsWorthAnotherTry(how, failure);
                }
                open = left;
            } catch (AltertableException nothingKnown) {
                checkIsWorthAnotherTry(how, nothingKnown);
                failure = nothingKnown;
            }
            LOG.info("The commit to {} is tried again: {}", how.target(), told(failure));
            if (!patience.waits()) {
                throw new IOException(
                        "The commit to "
                                + how.target()
                                + " was tried for as long as the option '"
                                + AltertableOptions.SINK_COMMIT_TIMEOUT.key()
                                + "' says. Nothing is lost: it is in the checkpoint, and is tried"
                                + " again when the job restarts. The last failure: "
                                + told(failure),
                        failure);
            }
        }
    }

    /** Sends the transaction; a failure tells nothing of what became of it. */
    private IOException run(List<StagedChunks> open) throws InterruptedException {
        UUID session = UUID.randomUUID();
        String about = open.get(0).how().target().toString();
        try {
            Query script = Query.changing(about, CommitScript.of(open, job)).in(session);
            Blocking.await(StatementResult.of(client, script));
            return null;
        } catch (IOException failure) {
            rollBack(about, session);
            return failure;
        }
    }

    /** A server may keep a connection within the transaction that failed. */
    private void rollBack(String about, UUID session) throws InterruptedException {
        long limit = settings.connection().connectionTimeout().toMillis();
        try {
            Blocking.await(
                    StatementResult.of(client, Query.changing(about, "ROLLBACK").in(session))
                            .orTimeout(limit, TimeUnit.MILLISECONDS));
        } catch (IOException noTransactionOrNoAnswer) {
            LOG.debug("No rollback for {}", about, noTransactionOrNoAnswer);
        }
    }

    /**
     * What is not committed, and can be. The tables are looked for before the ledger is read for
     * the second time: where they were gone by a commit, it is in the ledger by then.
     */
    private static List<StagedChunks> stillOpen(Ledger ledger, List<StagedChunks> open)
            throws IOException, InterruptedException {
        List<StagedChunks> notEntered = notEntered(ledger, open);
        List<String> names = tables(notEntered);
        if (names.isEmpty()) {
            return notEntered;
        }
        Set<String> there = ledger.tablesAmong(names);
        if (there.containsAll(names)) {
            return notEntered;
        }
        List<StagedChunks> stillNotEntered = notEntered(ledger, notEntered);
        for (StagedChunks staged : stillNotEntered) {
            if (staged.tables().stream().anyMatch(table -> !there.contains(table.name()))) {
                throw new StagedRowsLostException(staged, there);
            }
        }
        return stillNotEntered;
    }

    private static List<StagedChunks> notEntered(Ledger ledger, List<StagedChunks> open)
            throws IOException, InterruptedException {
        Set<String> entered =
                ledger.entered(open.stream().map(staged -> staged.id().toString()).toList());
        return open.stream().filter(staged -> !entered.contains(staged.id().toString())).toList();
    }

    private static List<String> tables(List<StagedChunks> all) {
        return all.stream()
                .flatMap(staged -> staged.tables().stream())
                .map(StagedChunks.Table::name)
                .toList();
    }

    private static void checkIsWorthAnotherTry(StagedChunks.How how, IOException failure)
            throws IOException {
        if (failure instanceof AltertableException refusal && !refusal.outcome().retryHelps()) {
            throw new IOException(
                    "The commit to "
                            + how.target()
                            + " was refused. Nothing is lost: it is in the checkpoint, and is tried"
                            + " again when the job restarts. "
                            + refusal.getMessage(),
                    refusal);
        }
    }

    private static String told(IOException failure) {
        return failure == null
                ? "the server answered success, and nothing is committed"
                : failure.getMessage();
    }

    @Override
    public void close() {
        client.close();
    }
}
