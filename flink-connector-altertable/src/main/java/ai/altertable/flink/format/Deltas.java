package ai.altertable.flink.format;

import java.util.Arrays;

/**
 * Parquet's DELTA_BINARY_PACKED: the differences of neighbours, less the smallest of their block,
 * in as few bits as a group of them needs. Never larger than the plain numbers by more than a
 * hundredth, and for most columns a fraction of them, so the codec has less to do.
 */
final class Deltas {

    private static final int BLOCK = 128;
    private static final int GROUP = 32;
    private static final int GROUPS = BLOCK / GROUP;

    private final long[] deltas = new long[BLOCK];

    /** Differences wrap around as the type does, which is 32 or 64 bits wide. */
    void write(long[] values, int count, int bits, PageBytes out) {
        out.writeUnsigned(BLOCK);
        out.writeUnsigned(GROUPS);
        out.writeUnsigned(count);
        out.writeZigZag(values[0]);
        int unused = Long.SIZE - bits;
        for (int from = 1; from < count; from += BLOCK) {
            writeBlock(values, from, Math.min(BLOCK, count - from), unused, out);
        }
    }

    private void writeBlock(long[] values, int from, int count, int unused, PageBytes out) {
        long smallest = Long.MAX_VALUE;
        long previous = values[from - 1];
        for (int i = 0; i < count; i++) {
            long value = values[from + i];
            long delta = value - previous << unused >> unused;
            deltas[i] = delta;
            smallest = Math.min(smallest, delta);
            previous = value;
        }
        for (int i = 0; i < count; i++) {
            deltas[i] = deltas[i] - smallest << unused >>> unused;
        }
        Arrays.fill(deltas, count, BLOCK, 0);
        out.writeZigZag(smallest);
        int widths = 0;
        for (int group = 0; group < GROUPS; group++) {
            widths |= width(group) << 8 * group;
        }
        out.writeInt(widths);
        for (int group = 0; group * GROUP < count; group++) {
            out.pack(deltas, group * GROUP, GROUP, widths >>> 8 * group & 0xff);
        }
    }

    private int width(int group) {
        long all = 0;
        for (int i = group * GROUP; i < (group + 1) * GROUP; i++) {
            all |= deltas[i];
        }
        return Long.SIZE - Long.numberOfLeadingZeros(all);
    }
}
