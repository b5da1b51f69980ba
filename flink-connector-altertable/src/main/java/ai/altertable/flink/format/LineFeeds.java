package ai.altertable.flink.format;

/** Finds the ends of lines, eight bytes at a time. */
public final class LineFeeds {

    private static final long LINE_FEEDS = Words.ONES * '\n';

    private LineFeeds() {}

    /** The index of the first line feed from one index on and before another, or the latter. */
    public static int next(byte[] bytes, int from, int to) {
        int i = from;
        // Most lines are long, so four words are asked together.
        while (i + 4 * Long.BYTES <= to) {
            long first = found(bytes, i);
            long second = found(bytes, i + Long.BYTES);
            long third = found(bytes, i + 2 * Long.BYTES);
            long fourth = found(bytes, i + 3 * Long.BYTES);
            if ((first | second | third | fourth) != 0) {
                break;
            }
            i += 4 * Long.BYTES;
        }
        while (i + Long.BYTES <= to) {
            long found = found(bytes, i);
            if (found != 0) {
                return i + Words.first(found);
            }
            i += Long.BYTES;
        }
        while (i < to && bytes[i] != '\n') {
            i++;
        }
        return i;
    }

    /** Not 0 if there is one in the word, and then its high bit is the first. */
    private static long found(byte[] bytes, int i) {
        long other = Words.at(bytes, i) ^ LINE_FEEDS;
        // A byte of zero borrows, which shows in its high bit; what it does to the bytes behind it
        // does not count. Bytes beyond ASCII keep their high bit in ~other.
        return (other - Words.ONES) & ~other & Words.HIGH_BITS;
    }
}
