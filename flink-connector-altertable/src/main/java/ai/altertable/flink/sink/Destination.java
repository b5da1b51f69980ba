package ai.altertable.flink.sink;

import ai.altertable.flink.TableId;
import ai.altertable.flink.format.Chunk;
import java.util.concurrent.CompletableFuture;

/** Where the batches of a writer go. */
interface Destination {

    /** What the rows are for. */
    TableId table();

    CompletableFuture<Void> send(Chunk chunk);

    /** Runs a statement that is the same when it runs twice. */
    CompletableFuture<Void> run(String statement);

    /** All of a batch, perhaps in several chunks, has arrived. */
    default void batchIsIn() {}
}
