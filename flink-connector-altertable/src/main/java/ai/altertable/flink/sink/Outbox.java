package ai.altertable.flink.sink;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;

/**
 * How many batches are on their way, and the way back from the threads of HTTP to the task's: what
 * follows a request runs there as a mail, between two rows or while the writer waits.
 */
final class Outbox {

    private final MailboxExecutor mailbox;
    private final int maxInflight;
    private int inflight;
    private volatile boolean closed;

    /** What follows a request: exactly one of the arguments says something. */
    interface Continuation<V> {
        void accept(V result, Throwable failure) throws Exception;
    }

    Outbox(MailboxExecutor mailbox, int maxInflight) {
        this.mailbox = mailbox;
        this.maxInflight = maxInflight;
    }

    boolean hasRoom() {
        return inflight < maxInflight;
    }

    boolean isEmpty() {
        return inflight == 0;
    }

    void left() {
        inflight++;
    }

    void arrived() {
        inflight--;
    }

    /** Lets something that has to run in this thread run; waits for it if need be. */
    void awaitProgress() throws InterruptedException {
        mailbox.yield();
    }

    /** Goes on in the task's thread when the request is over. Not at all once this is closed. */
    <V> void then(CompletableFuture<V> request, Continuation<V> next) {
        request.whenComplete(
                (result, failure) -> {
                    if (closed) {
                        return;
                    }
                    try {
                        mailbox.execute(
                                () -> {
                                    if (!closed) {
                                        next.accept(result, failure);
                                    }
                                },
                                "a request of the Altertable sink is over");
                    } catch (RejectedExecutionException e) {
                        // The task is over, and nobody waits any more.
                        if (!closed) {
                            throw e;
                        }
                    }
                });
    }

    void close() {
        closed = true;
    }
}
