package ai.altertable.flink.format;

/** Finds the ends of lines, eight bytes at a time. */
public final class LineFeeds {

    private static final long LINE_FEEDS = Words.ONES * '\n';

    private LineFeeds() {}

    /** The index of the first line feed from one index on and before another, or the latter. */
    public static int next(byte[] bytes, int from, int to) {
        int i = from;
        while (i + Long.BYTES <= to) {
            long other = Words.at(bytes, i) ^ LINE_FEEDS;
            // A byte of zero borrows, which shows in its high bit; what it does to the bytes
            // behind it does not count. Bytes beyond ASCII keep their high bit in ~other.
            long found = (other - Words.ONES) & ~other & Words.HIGH_BITS;
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
}
