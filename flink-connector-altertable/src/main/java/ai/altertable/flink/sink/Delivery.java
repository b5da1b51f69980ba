package ai.altertable.flink.sink;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.client.AltertableException;
import ai.altertable.flink.client.Outcome;
import ai.altertable.flink.format.Chunk;
import ai.altertable.flink.format.ChunkSplitter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * The way of one batch into the table: its statements, then its rows, then dead letters, one
 * request after the other. It ends once, either by telling that all is in or by an exception that
 * fails the task. All of it runs in the task's thread; only requests run elsewhere.
 *
 * <h2>A verdict that is not a success</h2>
 *
 * <ul>
 *   <li>Too large: the chunk is halved, and later ones become smaller.
 *   <li>Rejected, and rows may be given up: halved as well, until the rows at fault stand alone.
 *   <li>Everything else: the client has tried what can be tried. The task fails.
 * </ul>
 */
final class Delivery {

    /** What all deliveries of a writer share. */
    record Means(
            Destination destination,
            Outbox outbox,
            ChunkSplitter splitter,
            SealingRule rule,
            Rejections rejections,
            SinkMetrics metrics) {}

    /** What follows when everything is in. */
    interface Arrival {
        void arrived() throws IOException;
    }

    private final Means means;
    private final Arrival arrival;
    private final RejectedRows rejected;
    private final Batch batch;
    private final String numbers;
    private final Deque<String> before;
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private final Deque<String> after;
    private int rowsTaken;
    private int rowsRejected;

    /**
     * @param rejected those of the batch that could not be encoded
     * @param numbers of the batch's rows, as a person counts what came to the writer
     */
    Delivery(Batch batch, RejectedRows rejected, String numbers, Means means, Arrival arrival) {
        this.numbers = numbers;
        this.means = means;
        this.arrival = arrival;
        this.rejected = rejected;
        this.batch = batch;
        this.before = new ArrayDeque<>(batch.before());
        batch.rows().ifPresent(chunks::add);
        this.after = new ArrayDeque<>(batch.after());
    }

    /** Goes on with what is next. */
    void next() throws IOException {
        if (!before.isEmpty()) {
            run(before.poll());
        } else if (!chunks.isEmpty()) {
            send(chunks.poll());
        } else if (!after.isEmpty()) {
            run(after.poll());
        } else {
            means.destination().batchIsIn();
            means.metrics().deleted(batch.keys());
            means.rejections().tried(rowsTaken, rejected, rowsRejected);
            end();
        }
    }

    /** Dead letters are in before their rows count as done. */
    private void end() throws IOException {
        Optional<Chunk> letters = rejected.seal();
        if (letters.isPresent()) {
            sendLetters(letters.get());
        } else {
            means.rejections().gaveUp(rejected);
            arrival.arrived();
        }
    }

    private void run(String statement) {
        means.outbox()
                .then(
                        means.destination().run(statement),
                        (done, failure) -> {
                            if (failure != null) {
                                throw fatal(failure);
                            }
                            next();
                        });
    }

    private void send(Chunk chunk) {
        long began = System.nanoTime();
        means.outbox()
                .then(
                        means.destination().send(chunk),
                        (done, failure) -> {
                            if (failure == null) {
                                means.metrics().sent(chunk, System.nanoTime() - began);
                                rowsTaken += chunk.rows();
                            } else {
                                failed(chunk, failure);
                            }
                            chunk.release();
                            next();
                        });
    }

    private void failed(Chunk chunk, Throwable failure) throws IOException {
        AltertableException refusal = refusal(failure);
        if (refusal.outcome() == Outcome.TOO_LARGE) {
            means.rule().refused(chunk.sizeInBytes());
        }
        if (refusal.outcome() == Outcome.TOO_LARGE && chunk.rows() > 1) {
            split(chunk);
            return;
        }
        if (!isAboutItsRows(refusal.outcome()) || !means.rejections().mayGiveUpRows()) {
            means.metrics().failed(chunk.rows());
            throw fatal(refusal, about(chunk, refusal.outcome()));
        }
        if (chunk.rows() > 1) {
            split(chunk);
        } else {
            rowsRejected++;
            rejected.add(refusal.getMessage(), () -> means.splitter().json(chunk));
        }
    }

    private String about(Chunk chunk, Outcome outcome) {
        return " ("
                + chunk.rows()
                + " rows in the chunk, of the rows "
                + numbers
                + " of this subtask)"
                + (isAboutItsRows(outcome)
                        ? ". The option '"
                                + AltertableOptions.SINK_ON_ERROR.key()
                                + "' can put the row at fault into a table ('dead-letter') or drop"
                                + " it ('skip')"
                        : "");
    }

    private static boolean isAboutItsRows(Outcome outcome) {
        return outcome == Outcome.REJECTED || outcome == Outcome.TOO_LARGE;
    }

    /** The first half goes first, so that appended rows keep their order. */
    private void split(Chunk chunk) {
        List<Chunk> halves = means.splitter().halves(chunk);
        for (int i = halves.size() - 1; i >= 0; i--) {
            chunks.push(halves.get(i));
        }
    }

    private void sendLetters(Chunk letters) {
        Requests requests = means.rejections().deadLetters().orElseThrow().requests();
        means.outbox()
                .then(
                        requests.send(letters),
                        (done, failure) -> {
                            if (failure != null) {
                                throw fatal(failure);
                            }
                            letters.release();
                            end();
                        });
    }

    private static AltertableException refusal(Throwable failure) throws IOException {
        if (unwrapped(failure) instanceof AltertableException refusal) {
            return refusal;
        }
        throw fatal(failure);
    }

    private static IOException fatal(Throwable failure) {
        Throwable cause = unwrapped(failure);
        return cause instanceof AltertableException refusal
                ? fatal(refusal, "")
                : new IOException(cause);
    }

    private static IOException fatal(AltertableException refusal, String more) {
        String hint =
                refusal.outcome().retryHelps()
                        ? ". It was tried for as long as the option '"
                                + AltertableOptions.SINK_RETRY_TIMEOUT.key()
                                + "' says"
                        : "";
        return new IOException(refusal.getMessage() + more + hint, refusal);
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }
}
