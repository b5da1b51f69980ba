package ai.altertable.flink.format;

/**
 * Decimal digits read off bytes, eight at a time and without asking for each whether it is the
 * last: numbers differ in length, so the processor would guess wrong at most of them. Like all that
 * reads fast, it trusts that a line feed and some room stand behind the bytes (see {@link
 * LineBuffer}).
 */
final class DigitRun {

    /** What takes a byte to its high bit that is more than 9. */
    private static final long ABOVE_NINE = Words.ONES * (0x80 - 10);

    private static final long LOW_BYTES = 0x0000_00FF_0000_00FFL;

    /** The powers of ten that a long holds. */
    static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private DigitRun() {}

    /** The index of the first byte from here on that is no digit. */
    static int end(byte[] b, int from) {
        int i = from;
        while (true) {
            long digits = Words.at(b, i) ^ Digits.ZEROS;
            // A byte that is no digit may carry into those behind it, but only the first counts.
            long others = (digits + ABOVE_NINE | digits) & Words.HIGH_BITS;
            if (others != 0) {
                return i + Words.first(others);
            }
            i += Long.BYTES;
        }
    }

    /**
     * The number whose first digits are {@code before} and whose others stand there; what does not
     * fit into 64 bits is lost.
     */
    static long value(byte[] b, int from, int to, long before) {
        long value = before;
        int i = from;
        while (to - i > Long.BYTES) {
            value = value * Digits.EIGHT_DIGITS + eight(Words.at(b, i) ^ Digits.ZEROS);
            i += Long.BYTES;
        }
        int count = to - i;
        // Shifted twice by half: once by 64 would not shift at all.
        int half = Byte.SIZE / 2 * (Long.BYTES - count);
        long digits = (Words.at(b, i) ^ Digits.ZEROS) << half << half;
        return value * POWERS[count] + eight(digits);
    }

    /**
     * The number of eight digits, the first in the lowest byte: first pairs are added up, in every
     * other byte, then the four pairs by two products, whose upper halves are the sums.
     */
    private static long eight(long digits) {
        long pairs = digits * 10 + (digits >>> 8);
        long firstAndThird = (pairs & LOW_BYTES) * (100 + (1_000_000L << 32));
        long secondAndFourth = (pairs >>> 16 & LOW_BYTES) * (1 + (10_000L << 32));
        return firstAndThird + secondAndFourth >>> 32;
    }
}
