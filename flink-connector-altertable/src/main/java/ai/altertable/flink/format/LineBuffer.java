package ai.altertable.flink.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of an answer as they arrive, and the bounds of the line that is due. Nothing is copied
 * per line: who reads looks into {@link #bytes} from {@link #start}.
 *
 * <p>Behind the last byte that is there stands a line feed of our own. No value goes on behind a
 * line feed, so a scan may run without asking where the bytes end; {@link #limit} says whether it
 * stopped at a real one.
 */
final class LineBuffer {

    private static final int INITIAL_SIZE = 64 * 1024;

    /** Room for the line feed of our own and for reading a word or a date across it. */
    static final int PADDING = 64;

    private final InputStream in;
    private final int maxLine;
    private boolean ended;
    private boolean terminated;

    byte[] bytes;

    /** Where the line begins that is due. */
    int start;

    /** Where the line ends, without its line feed, once {@link #find} was called. */
    int end;

    /** Where the bytes end that are there. */
    int limit;

    LineBuffer(InputStream in, int maxLine) {
        this.in = in;
        this.maxLine = maxLine;
        this.bytes = new byte[INITIAL_SIZE + PADDING];
        this.bytes[0] = '\n';
    }

    /** Of an answer whose end is there already, with all that has to stand behind it. */
    LineBuffer(byte[] bytes, int limit) {
        this.in = InputStream.nullInputStream();
        this.maxLine = QueryRows.MAX_LINE;
        this.bytes = bytes;
        this.limit = limit;
        this.ended = true;
    }

    /**
     * Reads on until the whole line is there.
     *
     * @return false when the answer is at its end and there is no line
     */
    boolean find(long number) throws IOException {
        int at = start;
        while (true) {
            while (bytes[at] != '\n') {
                at++;
            }
            if (at < limit) {
                terminated = true;
                end = at;
                return true;
            }
            int scanned = limit - start;
            if (scanned > maxLine) {
                throw new MalformedRowException(number, "it is longer than " + maxLine + " bytes");
            }
            if (ended) {
                terminated = false;
                end = limit;
                return start < limit;
            }
            fill();
            at = start + scanned;
        }
    }

    /** Whether the line that was found ends with a line feed, not with the answer. */
    boolean isTerminated() {
        return terminated;
    }

    /** Goes on behind the line that was found. */
    void skip() {
        start = terminated ? end + 1 : end;
    }

    private void fill() throws IOException {
        int room = bytes.length - PADDING;
        if (limit == room) {
            if (start > 0) {
                System.arraycopy(bytes, start, bytes, 0, limit - start);
                limit -= start;
                start = 0;
            }
            // A half of the room is kept for reading, or the rest would be moved again and again.
            if (limit > room / 2) {
                bytes = Arrays.copyOf(bytes, 2 * room + PADDING);
                room *= 2;
            }
        }
        int count = in.read(bytes, limit, room - limit);
        if (count < 0) {
            ended = true;
        } else {
            limit += count;
        }
        bytes[limit] = '\n';
    }
}
