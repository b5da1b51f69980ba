package ai.altertable.flink.sink;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Waits for an answer in the task's thread, where nothing else could go on anyway: while a writer
 * opens, and while a checkpoint is committed. Cancelling the task interrupts it.
 */
final class Blocking {

    private Blocking() {}

    static <V> V await(CompletableFuture<V> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }
}
