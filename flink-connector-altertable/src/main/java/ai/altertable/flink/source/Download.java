package ai.altertable.flink.source;

import ai.altertable.flink.client.AltertableException;
import ai.altertable.flink.client.Outcome;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A split on its way, or here. */
record Download(QuerySplit split, CompletableFuture<FetchedSplit> result) {

    boolean isDone() {
        return result.isDone();
    }

    /** What came of it, once it is done. */
    FetchedSplit get() throws IOException {
        try {
            return result.join();
        } catch (CompletionException e) {
            throw failure(e.getCause());
        }
    }

    private IOException failure(Throwable cause) {
        boolean refused =
                cause instanceof AltertableException altertable
                        && altertable.outcome() == Outcome.REJECTED;
        String hint = refused ? hint(split.template()) : "";
        return new IOException(
                "Fetching " + split + " failed: " + cause.getMessage() + hint, cause);
    }

    private static String hint(SplitTemplate template) {
        String startAnew = ", and start the job anew without its state";
        return template.isPinned()
                ? ". The scan reads snapshot "
                        + template.snapshot()
                        + ", as it has done from its start: if the lakehouse has dropped that"
                        + " since, keep snapshots for longer"
                        + startAnew
                : ". The columns were as declared when the scan was planned: if the table has been"
                        + " changed since, declare them as they are now"
                        + startAnew;
    }

    /** Gives back what has come or still comes. */
    void discard() {
        result.thenAccept(FetchedSplit::close);
    }

    long pendingRows() {
        return result.isDone() && !result.isCompletedExceptionally()
                ? result.join().rows()
                : split.estimatedRows();
    }
}
