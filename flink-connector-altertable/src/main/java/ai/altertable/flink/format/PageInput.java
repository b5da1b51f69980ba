package ai.altertable.flink.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads back what {@link PageBytes}, {@link RunLengths} and {@link Deltas} have written. */
final class PageInput {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int GROUP = 8;

    private final byte[] bytes;
    private int at;

    PageInput(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return at;
    }

    void skip(int count) {
        at += count;
    }

    int readByte() {
        return bytes[at++] & 0xff;
    }

    int readInt() {
        int value = (int) INT.get(bytes, at);
        at += Integer.BYTES;
        return value;
    }

    long readUnsigned() {
        long value = 0;
        int shift = 0;
        int b;
        do {
            b = readByte();
            value |= (long) (b & 0x7f) << shift;
            shift += 7;
        } while (b > 0x7f);
        return value;
    }

    long readZigZag() {
        long value = readUnsigned();
        return value >>> 1 ^ -(value & 1);
    }

    /** Numbers of four or eight bytes each. */
    long[] plain(int count, int width) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = width == Long.BYTES ? (long) LONG.get(bytes, at) : (int) INT.get(bytes, at);
            at += width;
        }
        return values;
    }

    /** The lowest byte of each number, then the next of each. */
    long[] byteByByte(int count, int width) {
        long[] values = new long[count];
        for (int shift = 0; shift < Byte.SIZE * width; shift += Byte.SIZE) {
            for (int i = 0; i < count; i++) {
                values[i] |= (long) readByte() << shift;
            }
        }
        for (int i = 0; i < count && width == Integer.BYTES; i++) {
            values[i] = (int) values[i];
        }
        return values;
    }

    /**
     * {@code width} bits of each number; {@code count} of them end with a whole byte, or nearly.
     */
    void unpack(long[] into, int from, int count, int width) {
        long bit = 0;
        for (int i = from; i < from + count; i++) {
            long value = 0;
            for (int got = 0; got < width; ) {
                int start = (int) (bit & 7);
                int taken = Math.min(Byte.SIZE - start, width - got);
                long part = bytes[at + (int) (bit >>> 3)] >>> start & (1 << taken) - 1;
                value |= part << got;
                got += taken;
                bit += taken;
            }
            into[i] = value;
        }
        at += (int) (bit + 7 >>> 3);
    }

    /** Levels, or numbers of dictionary entries. */
    int[] runLengths(int count, int width) {
        int[] values = new int[count];
        int next = 0;
        while (next < count) {
            long header = readUnsigned();
            int length = (int) (header >>> 1);
            if ((header & 1) == 0) {
                int value = 0;
                for (int shift = 0; shift < width; shift += Byte.SIZE) {
                    value |= readByte() << shift;
                }
                Arrays.fill(values, next, next + length, value);
                next += length;
            } else {
                long[] packed = new long[length * GROUP];
                unpack(packed, 0, packed.length, width);
                for (int i = 0; i < packed.length && next < count; i++) {
                    values[next++] = (int) packed[i];
                }
            }
        }
        return values;
    }

    /** Numbers by their differences, which wrap around in so many bits. */
    long[] deltas(int bits) {
        int block = (int) readUnsigned();
        int groups = (int) readUnsigned();
        int group = block / groups;
        int count = (int) readUnsigned();
        // The last group is a whole one.
        long[] values = new long[count + group];
        values[0] = readZigZag();
        int unused = Long.SIZE - bits;
        for (int from = 1; from < count; from += block) {
            long smallest = readZigZag();
            int widths = at;
            at += groups;
            for (int i = 0; i < groups && from + i * group < count; i++) {
                int start = from + i * group;
                unpack(values, start, group, bytes[widths + i]);
                for (int k = start; k < start + group; k++) {
                    values[k] = values[k - 1] + smallest + values[k] << unused >> unused;
                }
            }
        }
        return values;
    }
}
