package ai.altertable.flink.format;

/**
 * Parquet's hybrid of runs and packed bits, for levels and for the numbers of dictionary entries.
 * Runs shorter than {@link #SHORTEST_RUN} are packed.
 */
final class RunLengths {

    private static final int GROUP = 8;
    private static final int SHORTEST_RUN = 2 * GROUP;

    private RunLengths() {}

    /** How many bits the numbers up to this one need, at least one. */
    static int width(int largest) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(largest));
    }

    /** The array must have a group of room behind the values; it is overwritten with zeros. */
    static void write(int[] values, int count, int width, PageBytes out) {
        for (int i = count; i < count + GROUP; i++) {
            values[i] = 0;
        }
        int packedFrom = 0;
        int runFrom = 0;
        while (runFrom < count) {
            int value = values[runFrom];
            int end = runFrom + 1;
            while (end < count && values[end] == value) {
                end++;
            }
            // Packed values come in whole groups: the run gives some of its own.
            int given = -(runFrom - packedFrom) & (GROUP - 1);
            if (end - runFrom - given >= SHORTEST_RUN) {
                pack(values, packedFrom, runFrom + given, width, out);
                writeRun(value, end - runFrom - given, width, out);
                packedFrom = end;
            }
            runFrom = end;
        }
        pack(values, packedFrom, count, width, out);
    }

    static void writeRun(int value, int count, int width, PageBytes out) {
        out.writeUnsigned((long) count << 1);
        for (int bits = 0; bits < width; bits += 8) {
            out.writeByte(value >>> bits);
        }
    }

    private static void pack(int[] values, int from, int to, int width, PageBytes out) {
        if (to > from) {
            int groups = (to - from + GROUP - 1) / GROUP;
            out.writeUnsigned((long) groups << 1 | 1);
            out.pack(values, from, groups * GROUP, width);
        }
    }
}
