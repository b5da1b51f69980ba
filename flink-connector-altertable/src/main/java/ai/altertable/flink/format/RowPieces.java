package ai.altertable.flink.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts an answer behind its head into pieces of whole lines, so that several threads can decode it.
 * The answer must be a complete one: nobody looks at its head again.
 */
public final class RowPieces {

    /** The number of the first line of the first piece. */
    public static final long FIRST_LINE = QueryRows.FIRST_ROW;

    private final InputStream answer;

    /** What was read of the line that the last piece could not take. */
    private byte[] rest;

    private RowPieces(InputStream answer, byte[] rest) {
        this.answer = answer;
        this.rest = rest;
    }

    /**
     * @param answer is read to its end in large pieces, and not closed
     */
    public static RowPieces of(InputStream answer) throws IOException {
        LineBuffer head = new LineBuffer(answer, QueryRows.MAX_LINE);
        for (long line = QueryRows.METADATA; line < FIRST_LINE; line++) {
            head.find(line);
            head.skip();
        }
        return new RowPieces(answer, Arrays.copyOfRange(head.bytes, head.start, head.limit));
    }

    /**
     * Fills a piece with the lines that come next.
     *
     * @return false when there are no more
     */
    public boolean next(RowPiece piece) throws IOException {
        byte[] bytes = piece.room(rest);
        int size = rest.length;
        int end;
        while (true) {
            size += answer.readNBytes(bytes, size, piece.room() - size);
            boolean ended = size < piece.room();
            // The last line may lack its line feed, and of a line without end somebody has to tell.
            end = ended || size > QueryRows.MAX_LINE ? size : behindLastLine(bytes, size);
            if (end > 0 || ended) {
                break;
            }
            bytes = piece.moreRoom();
        }
        rest = Arrays.copyOfRange(bytes, end, size);
        piece.filled(end);
        return end > 0;
    }

    private static int behindLastLine(byte[] bytes, int size) {
        int end = size;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
