package ai.altertable.flink.format;

import java.util.Arrays;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/**
 * A column of texts, bytes or decimals of more than 18 digits. It carries no statistics: nobody who
 * reads a whole file asks for them, and finding them costs as much as encoding the values.
 */
final class BytesColumn extends ParquetColumn {

    /** A hash reads whole words. */
    private static final int SLACK = Long.BYTES;

    private final boolean fixedLength;
    private final BytesDictionary dictionary = new BytesDictionary();
    private final Deltas deltas = new Deltas();
    private byte[] values = new byte[4096];
    private int[] ends = new int[1024];
    private int count;
    private int length;

    /** Of the batch that was put aside. */
    private byte[] written = new byte[4096];

    private int[] writtenEnds = new int[1024];
    private int writtenCount;

    BytesColumn(ParquetLeaf leaf) {
        super(leaf);
        fixedLength = leaf.type() == Type.FIXED_LEN_BYTE_ARRAY;
    }

    void add(byte[] value, int repetition) {
        int end = length + value.length;
        if (end + SLACK > values.length || end < 0) {
            values = Arrays.copyOf(values, grown(Math.addExact(length, value.length + SLACK)));
        }
        System.arraycopy(value, 0, values, length, value.length);
        endValue(end, repetition);
    }

    /** A number of the column's fixed length, from its big-endian bytes. */
    void addExtended(byte[] number, int width, int repetition) {
        int end = length + width;
        if (end + SLACK > values.length) {
            values = Arrays.copyOf(values, grown(end + SLACK));
        }
        Arrays.fill(values, length, end - number.length, (byte) (number[0] >> 7));
        System.arraycopy(number, 0, values, end - number.length, number.length);
        endValue(end, repetition);
    }

    @Override
    void addStored(StoredColumn source) {
        add(source.bytes(), source.repetition());
    }

    private static int grown(int needed) {
        return needed + (needed >> 1);
    }

    private void endValue(int end, int repetition) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = end;
        length = end;
        addPresent(repetition);
    }

    @Override
    boolean isVariable() {
        return true;
    }

    @Override
    long batchSize() {
        return super.batchSize() + length + count;
    }

    @Override
    void truncateValues(int newCount) {
        count = newCount;
        length = count == 0 ? 0 : ends[count - 1];
    }

    @Override
    void putAside() {
        byte[] free = written;
        written = values;
        values = free;
        int[] freeEnds = writtenEnds;
        writtenEnds = ends;
        ends = freeEnds;
        writtenCount = count;
    }

    @Override
    Encoding writeDirect(PageBytes out) {
        int writtenLength = writtenEnds[writtenCount - 1];
        if (fixedLength) {
            out.write(written, 0, writtenLength);
            return Encoding.PLAIN;
        }
        long[] lengths = new long[writtenCount];
        int from = 0;
        for (int i = 0; i < writtenCount; i++) {
            lengths[i] = writtenEnds[i] - from;
            from = writtenEnds[i];
        }
        deltas.write(lengths, writtenCount, Integer.SIZE, out);
        out.write(written, 0, writtenLength);
        return Encoding.DELTA_LENGTH_BYTE_ARRAY;
    }

    @Override
    boolean findEntries(int[] numbers, int limit) {
        return dictionary.find(
                written,
                writtenEnds,
                writtenCount,
                numbers,
                Math.min(limit, BytesDictionary.MAX_ENTRIES));
    }

    @Override
    int entriesFound() {
        return dictionary.size();
    }

    @Override
    int dictionaryBytes() {
        return dictionary.start(dictionary.size()) + Integer.BYTES * dictionary.size();
    }

    @Override
    void writeDictionary(int entries, PageBytes out) {
        for (int entry = 0; entry < entries; entry++) {
            int start = dictionary.start(entry);
            int size = dictionary.start(entry + 1) - start;
            if (!fixedLength) {
                out.writeInt(size);
            }
            out.write(dictionary.bytes(), start, size);
        }
    }

    @Override
    void clearForChunk() {
        dictionary.clear();
    }

    @Override
    Statistics statistics() {
        return new Statistics();
    }
}
