package ai.altertable.flink.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/**
 * A column of BOOLEAN, INT32, INT64, FLOAT or DOUBLE. Floating numbers are held by their bits, so
 * that both zeros stay what they are. Only integers carry statistics: the order of the others is
 * what readers disagree about.
 */
final class NumberColumn extends ParquetColumn {

    /** So many values tell how floating numbers are best written. */
    private static final int SAMPLE = 4096;

    private final Type type;
    private final int bytes;
    private final boolean integer;
    private Encoding direct;
    private final NumberDictionary dictionary = new NumberDictionary();
    private final Deltas deltas = new Deltas();
    private long[] values = new long[1024];
    private int count;

    /** Of the batch that was put aside. */
    private long[] written = new long[1024];

    private int writtenCount;
    private long smallest = Long.MAX_VALUE;
    private long largest = Long.MIN_VALUE;

    NumberColumn(ParquetLeaf leaf) {
        super(leaf);
        type = leaf.type();
        bytes = type == Type.INT64 || type == Type.DOUBLE ? 8 : 4;
        integer = type == Type.INT64 || type == Type.INT32;
        direct = integer ? Encoding.DELTA_BINARY_PACKED : Encoding.PLAIN;
    }

    void add(long value, int repetition) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
        addPresent(repetition);
    }

    @Override
    void addStored(StoredColumn source) {
        add(source.number(), source.repetition());
    }

    @Override
    int fixedSize() {
        return isVariable() ? 0 : bytes;
    }

    @Override
    long batchSize() {
        return super.batchSize() + (long) bytes * count;
    }

    @Override
    void truncateValues(int newCount) {
        count = newCount;
    }

    @Override
    void putAside() {
        long[] free = written;
        written = values;
        writtenCount = count;
        values = free;
    }

    @Override
    void beforePage() {
        if (integer) {
            findExtremes();
        }
    }

    @Override
    void chooseDirect(PageStore store) {
        if (type == Type.FLOAT || type == Type.DOUBLE) {
            PageBytes out = store.scratch();
            int start = out.length();
            int sample = Math.min(writtenCount, SAMPLE);
            write(Encoding.PLAIN, sample, out);
            int end = out.length();
            write(Encoding.BYTE_STREAM_SPLIT, sample, out);
            int split = store.compressedLength(end, out.length());
            direct =
                    split < store.compressedLength(start, end)
                            ? Encoding.BYTE_STREAM_SPLIT
                            : Encoding.PLAIN;
            out.truncate(start);
        }
    }

    @Override
    Encoding writeDirect(PageBytes out) {
        write(direct, writtenCount, out);
        return direct;
    }

    private void write(Encoding encoding, int first, PageBytes out) {
        switch (encoding) {
            case DELTA_BINARY_PACKED -> deltas.write(written, first, 8 * bytes, out);
            case BYTE_STREAM_SPLIT -> out.writeByteByByte(written, first, bytes);
            default -> {
                if (type == Type.BOOLEAN) {
                    out.pack(written, 0, first, 1);
                } else {
                    out.writePlain(written, first, bytes);
                }
            }
        }
    }

    @Override
    boolean findEntries(int[] numbers, int limit) {
        return type != Type.BOOLEAN
                && dictionary.find(
                        written,
                        writtenCount,
                        numbers,
                        Math.min(limit, NumberDictionary.MAX_ENTRIES));
    }

    @Override
    int entriesFound() {
        return dictionary.size();
    }

    @Override
    int dictionaryBytes() {
        return dictionary.size() * bytes;
    }

    @Override
    void writeDictionary(int entries, PageBytes out) {
        out.writePlain(dictionary.entries(), entries, bytes);
    }

    @Override
    void clearForChunk() {
        dictionary.clear();
        smallest = Long.MAX_VALUE;
        largest = Long.MIN_VALUE;
    }

    private void findExtremes() {
        long least = smallest;
        long most = largest;
        for (int i = 0; i < writtenCount; i++) {
            least = Math.min(least, written[i]);
            most = Math.max(most, written[i]);
        }
        smallest = least;
        largest = most;
    }

    @Override
    Statistics statistics() {
        Statistics statistics = new Statistics();
        if (integer && smallest <= largest) {
            statistics.setMin_value(littleEndian(smallest)).setMax_value(littleEndian(largest));
        }
        return statistics;
    }

    private byte[] littleEndian(long value) {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return Arrays.copyOf(buffer.putLong(value).array(), bytes);
    }
}
