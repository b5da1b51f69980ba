package ai.altertable.flink.sink;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow: the keys of one chunk, one behind the other. */
final class KeyBytes {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int FIRST = 256;

    private byte[] bytes = new byte[FIRST];
    private int length;

    int length() {
        return length;
    }

    /** Forgets what stands behind this. */
    void truncate(int newLength) {
        length = newLength;
    }

    void putInt(int value) {
        require(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    void putLong(long value) {
        require(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /** With their number in front, so that no two sequences of them look the same. */
    void putBytes(byte[] value) {
        putInt(value.length);
        require(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    private void require(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }

    boolean equal(int from, int to, int otherFrom, int otherTo) {
        return Arrays.equals(bytes, from, to, bytes, otherFrom, otherTo);
    }

    /** Spreads well over all bits, whatever the bytes are. */
    int hash(int from, int to) {
        long hash = 0x9E3779B97F4A7C15L ^ (to - from);
        int at = from;
        for (; to - at >= Long.BYTES; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONG.get(bytes, at));
        }
        for (; at < to; at++) {
            hash = mix(hash ^ bytes[at]);
        }
        return (int) (hash ^ hash >>> 32);
    }

    private static long mix(long hash) {
        long mixed = hash * 0xD6E8FEB86659FD93L;
        mixed ^= mixed >>> 32;
        return mixed * 0xD6E8FEB86659FD93L;
    }

    ByteBuffer from(int from) {
        return ByteBuffer.wrap(bytes, from, length - from);
    }
}
