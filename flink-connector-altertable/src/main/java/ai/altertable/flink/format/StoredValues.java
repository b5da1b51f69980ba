package ai.altertable.flink.format;

import java.util.Arrays;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/** The values of a page, or the entries of a dictionary. */
final class StoredValues {

    /** Numbers; or for byte strings, where each begins, and behind the last, where that ends. */
    private final long[] numbers;

    private final byte[] bytes;

    /** Which of them each value is; null where each is itself. */
    private final int[] places;

    private StoredValues(long[] numbers, byte[] bytes, int[] places) {
        this.numbers = numbers;
        this.bytes = bytes;
        this.places = places;
    }

    static StoredValues of(
            ParquetLeaf leaf, Encoding encoding, int count, PageInput in, StoredValues dictionary) {
        if (count == 0) {
            return new StoredValues(new long[0], new byte[0], null);
        }
        int bits = Byte.SIZE * width(leaf.type());
        return switch (encoding) {
            case RLE_DICTIONARY ->
                    new StoredValues(
                            dictionary.numbers,
                            dictionary.bytes,
                            in.runLengths(count, in.readByte()));
            case DELTA_BINARY_PACKED -> new StoredValues(in.deltas(bits), null, null);
            case BYTE_STREAM_SPLIT ->
                    new StoredValues(in.byteByByte(count, bits / Byte.SIZE), null, null);
            case DELTA_LENGTH_BYTE_ARRAY -> {
                long[] ends = in.deltas(Integer.SIZE);
                yield strings(Arrays.copyOf(ends, count), in);
            }
            default -> plain(leaf, count, in);
        };
    }

    private static StoredValues plain(ParquetLeaf leaf, int count, PageInput in) {
        if (leaf.type() == Type.BOOLEAN) {
            long[] bits = new long[count];
            in.unpack(bits, 0, count, 1);
            return new StoredValues(bits, null, null);
        }
        if (leaf.type() == Type.FIXED_LEN_BYTE_ARRAY) {
            long[] lengths = new long[count];
            Arrays.fill(lengths, leaf.element().getType_length());
            return strings(lengths, in);
        }
        return new StoredValues(in.plain(count, width(leaf.type())), null, null);
    }

    /** The strings stand one behind the other. */
    private static StoredValues strings(long[] lengths, PageInput in) {
        long[] starts = new long[lengths.length + 1];
        starts[0] = in.position();
        for (int i = 0; i < lengths.length; i++) {
            starts[i + 1] = starts[i] + lengths[i];
        }
        return new StoredValues(starts, in.bytes(), null);
    }

    static StoredValues ofDictionary(ParquetLeaf leaf, int count, PageInput in) {
        if (leaf.type() != Type.BYTE_ARRAY) {
            return plain(leaf, count, in);
        }
        // Each string has its length before it: they are moved together.
        byte[] bytes = new byte[in.bytes().length];
        long[] starts = new long[count + 1];
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            System.arraycopy(in.bytes(), in.position(), bytes, (int) starts[i], length);
            in.skip(length);
            starts[i + 1] = starts[i] + length;
        }
        return new StoredValues(starts, bytes, null);
    }

    private static int width(Type type) {
        return type == Type.INT64 || type == Type.DOUBLE ? Long.BYTES : Integer.BYTES;
    }

    long number(int value) {
        return numbers[place(value)];
    }

    byte[] bytes(int value) {
        int place = place(value);
        return Arrays.copyOfRange(bytes, (int) numbers[place], (int) numbers[place + 1]);
    }

    private int place(int value) {
        return places == null ? value : places[value];
    }
}
