package ai.altertable.flink.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decimal digits straight into bytes. Up to eight digits are made at once in a word, without a loop
 * whose end the processor would have to guess. Every method returns the position behind what it
 * wrote, may overwrite up to eight bytes behind it, and trusts its caller that there is room.
 */
final class Digits {

    /** Digits of {@link Long#MIN_VALUE} and its sign. */
    static final int MAX_LONG = 20;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle PAIR =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /** As many numbers as eight digits can tell apart. */
    static final int EIGHT_DIGITS = 100_000_000;

    static final long ZEROS = 0x3030303030303030L;

    /** "00" to "99". */
    private static final short[] PAIRS = new short[100];

    static {
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = (short) (('0' + i % 10) << 8 | '0' + i / 10);
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
            return eight(out, unsigned(out, at + 1, 92_233_720_368L), 54_775_808);
        }
        return unsigned(out, at + 1, -value);
    }

    private static int unsigned(byte[] out, int at, long value) {
        if (value >= EIGHT_DIGITS) {
            long high = value / EIGHT_DIGITS;
            return eight(out, unsigned(out, at, high), (int) (value - high * EIGHT_DIGITS));
        }
        long digits = digits((int) value);
        int zeros = Math.min(leadingZeros(digits), 7);
        WORD.set(out, at, digits + ZEROS >>> zeros * 8);
        return at + 8 - zeros;
    }

    private static int eight(byte[] out, int at, int value) {
        WORD.set(out, at, digits(value) + ZEROS);
        return at + 8;
    }

    /** Exactly so many digits, at most eight, with zeros in front. */
    static int padded(byte[] out, int at, int value, int digits) {
        WORD.set(out, at, digits(value) + ZEROS >>> (8 - digits) * 8);
        return at + digits;
    }

    /**
     * The eight digits of a number below 100,000,000 as numbers in the bytes of a word, the first
     * digit in the lowest byte: halved three times, each time in all parts at once. The products
     * with 10,486 and 103 are divisions by 100 and 10, exact for so small numbers.
     */
    private static long digits(int value) {
        long fours = value / 10_000 | (long) (value % 10_000) << 32;
        long hundreds = (fours * 10_486 >>> 20) & 0x0000007f_0000007fL;
        long twos = hundreds | fours - hundreds * 100 << 16;
        long tens = (twos * 103 >>> 10) & 0x000f000f_000f000fL;
        return tens | twos - tens * 10 << 8;
    }

    private static int leadingZeros(long digits) {
        return Long.numberOfTrailingZeros(digits) >>> 3;
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
        if (value >= EIGHT_DIGITS || scale > 7) {
            return longDecimal(out, begin, value, scale);
        }
        long digits = digits((int) value);
        int zeros = Math.min(leadingZeros(digits), 7 - scale);
        long text = digits + ZEROS;
        int point = begin + 8 - scale - zeros;
        // All digits, and over them the point and the fraction once more.
        WORD.set(out, begin, text >>> zeros * 8);
        out[point] = '.';
        WORD.set(out, point + 1, text >>> (8 - scale) * 8);
        return point + 1 + scale;
    }

    private static int longDecimal(byte[] out, int at, long value, int scale) {
        long power = 1;
        for (int i = 0; i < scale; i++) {
            power *= 10;
        }
        long integer = value / power;
        int point = unsigned(out, at, integer);
        out[point] = '.';
        long fraction = value - integer * power;
        // Sixteen digits at most are two words; the others stand before them.
        int next = point + 1;
        int left = scale;
        if (left > 16) {
            long high = fraction / 10_000_000_000_000_000L;
            next = padded(out, next, (int) high, left - 16);
            fraction -= high * 10_000_000_000_000_000L;
            left = 16;
        }
        if (left > 8) {
            int high = (int) (fraction / EIGHT_DIGITS);
            next = padded(out, next, high, left - 8);
            fraction -= (long) high * EIGHT_DIGITS;
            left = 8;
        }
        return padded(out, next, (int) fraction, left);
    }
}
