package ai.altertable.flink.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decimal digits, two at a time from a table, straight into bytes. Every method returns the
 * position behind what it wrote and trusts its caller that there is room.
 */
final class Digits {

    /** Digits of {@link Long#MIN_VALUE} and its sign. */
    static final int MAX_LONG = 20;

    private static final VarHandle PAIR =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /** "00" to "99". */
    private static final short[] PAIRS = new short[100];

    private static final long[] POWERS = new long[19];

    static {
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = (short) (('0' + i % 10) << 8 | '0' + i / 10);
        }
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private Digits() {}

    /** Two digits, 0 to 99. */
    static int pair(byte[] out, int at, int value) {
        PAIR.set(out, at, PAIRS[value]);
        return at + 2;
    }

    static int number(byte[] out, int at, long value) {
        if (value >= 0) {
            return unsigned(out, at, value);
        }
        out[at] = '-';
        if (value == Long.MIN_VALUE) {
            out[at + 1] = '9';
            return padded(out, at + 2, 223372036854775808L, 18);
        }
        return unsigned(out, at + 1, -value);
    }

    private static int unsigned(byte[] out, int at, long value) {
        if (value < 10) {
            out[at] = (byte) ('0' + value);
            return at + 1;
        }
        return padded(out, at, value, count(value));
    }

    /** How many digits a positive number has. */
    private static int count(long value) {
        // 1233 / 4096 is the decimal logarithm of 2, near enough for 63 bits.
        int atLeast = (64 - Long.numberOfLeadingZeros(value)) * 1233 >>> 12;
        return value >= POWERS[atLeast] ? atLeast + 1 : atLeast;
    }

    /** Exactly so many digits, with zeros in front; the value must not have more. */
    static int padded(byte[] out, int at, long value, int digits) {
        int end = at + digits;
        int next = end;
        long rest = value;
        while (rest > Integer.MAX_VALUE) {
            long hundreds = rest / 100;
            next -= 2;
            PAIR.set(out, next, PAIRS[(int) (rest - hundreds * 100)]);
            rest = hundreds;
        }
        int small = (int) rest;
        while (next - at >= 2) {
            int hundreds = small / 100;
            next -= 2;
            PAIR.set(out, next, PAIRS[small - hundreds * 100]);
            small = hundreds;
        }
        if (next > at) {
            out[at] = (byte) ('0' + small);
        }
        return end;
    }

    /** An unscaled value with the point where the scale wants it: 5, 2 is 0.05. */
    static int decimal(byte[] out, int at, long unscaled, int scale) {
        if (scale <= 0) {
            return number(out, at, unscaled);
        }
        int begin = at;
        long value = unscaled;
        if (unscaled < 0) {
            out[begin++] = '-';
            value = -unscaled;
        }
        // The digits without the point first: moving a few of them costs less than dividing.
        int digits = value < 10 ? 1 : count(value);
        int end = padded(out, begin, value, Math.max(digits, scale + 1));
        int point = end - scale;
        for (int i = end; i > point; i--) {
            out[i] = out[i - 1];
        }
        out[point] = '.';
        return end + 1;
    }
}
