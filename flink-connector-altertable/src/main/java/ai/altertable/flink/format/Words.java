package ai.altertable.flink.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of text as one number, whose lowest byte is the first character. */
final class Words {

    static final long ONES = 0x0101_0101_0101_0101L;
    static final long HIGH_BITS = ONES << 7;

    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle LITTLE_ENDIAN_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    static long at(byte[] b, int i) {
        return (long) LITTLE_ENDIAN.get(b, i);
    }

    static void set(byte[] b, int i, long word) {
        LITTLE_ENDIAN.set(b, i, word);
    }

    static void setInt(byte[] b, int i, int half) {
        LITTLE_ENDIAN_INT.set(b, i, half);
    }

    /** The index of the first byte of a word whose high bit is set in {@code found}; 8 if none. */
    static int first(long found) {
        return Long.numberOfTrailingZeros(found) >>> 3;
    }

    /** The number of two digits that stands there, or one less than 0. */
    static int twoDigits(byte[] b, int i) {
        int tens = b[i] - '0';
        int ones = b[i + 1] - '0';
        // An operand is negative when its digit is out of range; the shift spreads its sign.
        return tens * 10 + ones | (tens | ones | 9 - tens | 9 - ones) >> 31;
    }
}
