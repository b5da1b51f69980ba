package ai.altertable.flink.sink;

import ai.altertable.flink.TableId;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.format.Chunk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Takes each chunk into a new table, under a name that no other attempt has. An attempt whose
 * outcome is unknown is given up: if its table appears all the same, nobody will ever ask for it.
 *
 * <p>Called by the task's thread and by those of HTTP.
 */
final class StagingArea implements Destination {

    private final AltertableClient client;
    private final StagedChunks.How how;
    private final String job;

    private final List<StagedChunks.Table> staged = new ArrayList<>();
    private final Set<TableId> givenUp = new LinkedHashSet<>();
    private int round;

    StagingArea(AltertableClient client, StagedChunks.How how, String job) {
        this.client = client;
        this.how = how;
        this.job = job;
    }

    @Override
    public TableId table() {
        return how.target();
    }

    @Override
    public synchronized CompletableFuture<Void> send(Chunk chunk) {
        int roundOfChunk = round;
        int rows = chunk.rows();
        return client.stage(how.target().toString(), this::next, chunk.format().parameter(), chunk)
                .thenAccept(table -> arrived(table, roundOfChunk, rows));
    }

    /** Until it has arrived, a table counts as given up. */
    private synchronized TableId next() {
        TableId table = how.staged(StagedNames.next(how.target(), job, Instant.now()));
        givenUp.add(table);
        return table;
    }

    private synchronized void arrived(TableId table, int roundOfChunk, int rows) {
        givenUp.remove(table);
        staged.add(new StagedChunks.Table(table.table(), roundOfChunk, rows));
    }

    @Override
    public CompletableFuture<Void> run(String statement) {
        throw new IllegalStateException("deletes are staged like rows");
    }

    /** The halves of one chunk are of one round: it is the chunk that has a key only once. */
    @Override
    public synchronized void batchIsIn() {
        round++;
    }

    StagedChunks.How how() {
        return how;
    }

    /** What is staged since the last call. */
    synchronized List<StagedChunks.Table> take() {
        List<StagedChunks.Table> taken = List.copyOf(staged);
        staged.clear();
        round = 0;
        return taken;
    }

    /** Tables that may be there or come, and that nobody needs. Nothing may be on its way. */
    synchronized List<TableId> takeGivenUp() {
        List<TableId> taken = List.copyOf(givenUp);
        givenUp.clear();
        return taken;
    }

    /** The writer ends: what was staged since the last checkpoint is nobody's. */
    synchronized List<TableId> giveUpAll() {
        for (StagedChunks.Table table : take()) {
            givenUp.add(how.staged(table.name()));
        }
        return takeGivenUp();
    }
}
