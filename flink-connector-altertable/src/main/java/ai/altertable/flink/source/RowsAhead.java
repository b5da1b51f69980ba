package ai.altertable.flink.source;

import ai.altertable.flink.format.RowPiece;
import ai.altertable.flink.format.RowPieces;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * Decodes the answers of a reader, piece by piece, with two threads: one of its own is always ahead
 * of the task's, which emits the rows, and decodes itself what it would otherwise have to wait for.
 * So both are busy, however much of the work emitting is.
 */
final class RowsAhead implements AutoCloseable {

    /** More than the two that are decoded at a time, so that the helper seldom has to sleep. */
    private static final int MOST_PIECES = 6;

    /** Pieces of large rows are large; then there are fewer. */
    private static final int MOST_BYTES = 1024 * 1024;

    private final RowType rowType;
    private final ExecutorService helper =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread thread = new Thread(work, "altertable-decoder");
                        thread.setDaemon(true);
                        return thread;
                    });

    /** Those that are decoded or wait for it, in the order of their rows. */
    private final Deque<Decoding> ahead = new ArrayDeque<>();

    private final Deque<RowPiece> spare = new ArrayDeque<>();

    private RowPieces pieces;
    private long line;

    private record Decoding(RowPiece piece, FutureTask<List<RowData>> task) {}

    RowsAhead(RowType rowType) {
        this.rowType = rowType;
    }

    /** Goes on with the rows of this complete answer, once those of the last are through. */
    void start(InputStream answer) throws IOException {
        pieces = RowPieces.of(answer);
        line = RowPieces.FIRST_LINE;
    }

    /** The next rows, or null when there are no more. */
    List<RowData> next() throws IOException, InterruptedException {
        lookAhead();
        Decoding first = ahead.poll();
        if (first == null) {
            return null;
        }
        List<RowData> rows = decoded(first);
        line += rows.size();
        spare.add(first.piece);
        return rows;
    }

    private void lookAhead() throws IOException {
        int size = ahead.stream().mapToInt(decoding -> decoding.piece.size()).sum();
        while (pieces != null && ahead.size() < MOST_PIECES && size < MOST_BYTES) {
            RowPiece piece = spare.isEmpty() ? new RowPiece(rowType) : spare.poll();
            if (pieces.next(piece)) {
                size += piece.size();
                // Nobody knows yet which line is its first.
                Decoding decoding = new Decoding(piece, new FutureTask<>(() -> piece.rows(0)));
                ahead.add(decoding);
                helper.execute(decoding.task);
            } else {
                spare.add(piece);
                pieces = null;
            }
        }
    }

    private List<RowData> decoded(Decoding first) throws IOException, InterruptedException {
        // Does nothing if the helper has begun it; what comes behind it is better than to wait.
        first.task.run();
        for (Decoding next : ahead) {
            if (first.task.isDone()) {
                break;
            }
            next.task.run();
        }
        try {
            return first.task.get();
        } catch (ExecutionException e) {
            // Once more, for a message that names the line.
            return first.piece.rows(line);
        }
    }

    @Override
    public void close() {
        helper.shutdownNow();
    }
}
