package ai.altertable.flink.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes with the primitives that Parquet's encodings are made of. */
final class PageBytes {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[64 * 1024];
    private int length;

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Forgets what was written behind the position. */
    void truncate(int position) {
        length = position;
    }

    void writeByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    void writeInt(int value) {
        ensure(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    void setInt(int position, int value) {
        INT.set(bytes, position, value);
    }

    void write(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** Seven bits a byte, the lowest first. */
    void writeUnsigned(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void writeZigZag(long value) {
        writeUnsigned(value << 1 ^ value >> 63);
    }

    /** The lowest bytes of each number, four or eight. */
    void writePlain(long[] values, int count, int width) {
        ensure(count * width);
        int at = length;
        if (width == Long.BYTES) {
            for (int i = 0; i < count; i++) {
                LONG.set(bytes, at, values[i]);
                at += Long.BYTES;
            }
        } else {
            for (int i = 0; i < count; i++) {
                INT.set(bytes, at, (int) values[i]);
                at += Integer.BYTES;
            }
        }
        length = at;
    }

    /** The lowest byte of each number, then the next of each, up to {@code width}. */
    void writeByteByByte(long[] values, int count, int width) {
        ensure(count * width);
        int at = length;
        for (int shift = 0; shift < Byte.SIZE * width; shift += Byte.SIZE) {
            for (int i = 0; i < count; i++) {
                bytes[at + i] = (byte) (values[i] >>> shift);
            }
            at += count;
        }
        length = at;
    }

    /** {@code width} bits of each number, the lowest first, up to a whole byte. */
    void pack(long[] values, int from, int count, int width) {
        ensure(packedSize(count, width));
        long word = 0;
        int used = 0;
        int at = length;
        for (int i = from; i < from + count; i++) {
            long value = values[i];
            word |= value << used;
            used += width;
            if (used >= Long.SIZE) {
                LONG.set(bytes, at, word);
                at += Long.BYTES;
                used -= Long.SIZE;
                word = used == 0 ? 0 : value >>> (width - used);
            }
        }
        LONG.set(bytes, at, word);
        length += packedSize(count, width);
    }

    /** As above, for widths up to 32. */
    void pack(int[] values, int from, int count, int width) {
        ensure(packedSize(count, width));
        long word = 0;
        int used = 0;
        int at = length;
        for (int i = from; i < from + count; i++) {
            long value = values[i];
            word |= value << used;
            used += width;
            if (used >= Long.SIZE) {
                LONG.set(bytes, at, word);
                at += Long.BYTES;
                used -= Long.SIZE;
                word = value >>> (width - used);
            }
        }
        LONG.set(bytes, at, word);
        length += packedSize(count, width);
    }

    private static int packedSize(int count, int width) {
        return (int) (((long) count * width + 7) >>> 3);
    }

    /** Whole words are written, so there is always room for one more. */
    private void ensure(int more) {
        if (bytes.length - length < more + Long.BYTES) {
            int needed = Math.addExact(length, more + Long.BYTES);
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
        }
    }
}
