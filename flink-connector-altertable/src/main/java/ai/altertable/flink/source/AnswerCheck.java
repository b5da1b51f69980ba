package ai.altertable.flink.source;

import ai.altertable.flink.format.LineFeeds;
import ai.altertable.flink.format.QueryRows;
import ai.altertable.flink.format.RowDecoder;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.table.types.logical.RowType;

/**
 * Proves that an answer is complete before the first of its rows is emitted, without decoding it
 * twice.
 *
 * <p>A complete answer has two lines of its own, and behind them nothing but arrays, each ended by
 * a line feed: one look at each line's first byte tells. Only an answer that is not so, because it
 * ends in an error line, because its rows are objects, because its last line lacks the line feed,
 * is decoded as a whole to find out. What no look tells is a value that its column cannot hold:
 * that fails the job while rows are emitted, and no checkpoint falls in there.
 */
final class AnswerCheck implements SplitBytes.Watch {

    private static final int FIRST_ROW = 3;

    private long lines;
    private boolean atLineStart = true;
    private boolean usual = true;

    @Override
    public void saw(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (atLineStart) {
                lines++;
                usual &= lines < FIRST_ROW || bytes[i] == '[';
                atLineStart = false;
            }
            i = LineFeeds.next(bytes, i, to);
            if (i < to) {
                atLineStart = true;
                i++;
            }
        }
    }

    /** How many rows there are, once the answer is proven. */
    long rows() {
        return Math.max(0, lines - FIRST_ROW + 1);
    }

    /**
     * Throws what the decoder throws if this is no complete answer.
     *
     * @param answer all of it, from the start
     */
    void prove(InputStream answer, RowType type) throws IOException {
        QueryRows rows = new RowDecoder(type).rows(answer);
        boolean whole = usual && atLineStart;
        // The first row goes to the end of the head, so that an error there is found as well.
        while (rows.next() != null && !whole) {
            continue;
        }
    }
}
