package ai.altertable.flink.format;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * FLOAT and DOUBLE: numbers, quoted or not, rounded to the nearest value as everywhere; and the
 * names of NaN and of the infinities, as JSON writers and as DuckDB spell them.
 */
final class FloatingDecoder extends ValueDecoder {

    /** Up to these, integers and powers of ten are exact, and so is one operation on them. */
    private static final long MAX_EXACT_INTEGER = 1L << 53;

    private static final double[] POWERS = new double[23];

    static {
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = Double.parseDouble("1e" + i);
        }
    }

    private static final int MAX_FAST_LENGTH = 64;
    private static final int LONG_DIGITS = 18;

    private final boolean isFloat;

    FloatingDecoder(LogicalType type, String column) {
        super(type, column);
        this.isFloat = type.getTypeRoot() == LogicalTypeRoot.FLOAT;
    }

    @Override
    protected int fastValue(byte[] b, int at, Cells out, int index) {
        int i = at;
        boolean quoted = b[i] == '"';
        if (quoted) {
            i++;
        }
        int start = i;
        boolean negative = b[i] == '-';
        if (negative) {
            i++;
        }
        int first = i;
        i = DigitRun.end(b, first);
        long digits = DigitRun.value(b, first, i, 0);
        int count = i - first;
        if (count == 0 || (count > 1 && b[first] == '0')) {
            return UNREAD;
        }
        int exponent = 0;
        if (b[i] == '.') {
            int behindPoint = i + 1;
            i = DigitRun.end(b, behindPoint);
            digits = DigitRun.value(b, behindPoint, i, digits);
            exponent = behindPoint - i;
            count -= exponent;
            if (exponent == 0) {
                return UNREAD;
            }
        }
        if (b[i] == 'e' || b[i] == 'E') {
            int mark = i++;
            boolean down = b[i] == '-';
            if (down || b[i] == '+') {
                i++;
            }
            int from = i;
            i = DigitRun.end(b, from);
            if (i == from || i - mark > 5) {
                return UNREAD;
            }
            int power = (int) DigitRun.value(b, from, i, 0);
            exponent += down ? -power : power;
        }
        int end = i;
        if (quoted && b[i++] != '"') {
            return UNREAD;
        }
        boolean exact =
                count <= LONG_DIGITS
                        && digits <= MAX_EXACT_INTEGER
                        && Math.abs(exponent) < POWERS.length;
        if (exact) {
            double value = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
            if (!isFloat || isRoundedAlike(value)) {
                set(negative ? -value : value, out, index);
                return i;
            }
        }
        boolean isRead = end - start <= MAX_FAST_LENGTH && parse(b, start, end, out, index);
        return isRead ? i : UNREAD;
    }

    /** Rounding twice is wrong only where the first rounding made a tie for the second. */
    private static boolean isRoundedAlike(double value) {
        boolean tie = (Double.doubleToRawLongBits(value) & 0x1FFF_FFFFL) == 0x1000_0000L;
        boolean small = Math.abs(value) < Float.MIN_NORMAL && value != 0;
        return !tie && !small && Math.abs(value) <= Float.MAX_VALUE;
    }

    private boolean parse(byte[] b, int start, int end, Cells out, int index) {
        try {
            fromNumber(new String(b, start, end - start, StandardCharsets.ISO_8859_1), out, index);
            return true;
        } catch (Refusal e) {
            return false;
        }
    }

    @Override
    protected void fromNumber(String number, Cells out, int index) throws Refusal {
        double value = isFloat ? Float.parseFloat(number) : Double.parseDouble(number);
        if (!Double.isFinite(value)) {
            throw new Refusal("a number out of range");
        }
        set(value, out, index);
    }

    /**
     * @param value one that the type has
     */
    private void set(double value, Cells out, int index) {
        out.setWord(
                index,
                isFloat
                        ? Integer.toUnsignedLong(Float.floatToRawIntBits((float) value))
                        : Double.doubleToRawLongBits(value));
    }

    @Override
    protected void fromText(String text, Cells out, int index) throws Refusal {
        if (ExactNumber.isNumber(text)) {
            fromNumber(text, out, index);
            return;
        }
        double value =
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "nan", "-nan" -> Double.NaN;
                    case "inf", "infinity", "+inf", "+infinity" -> Double.POSITIVE_INFINITY;
                    case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
                    default -> throw new Refusal("a string that is no number");
                };
        set(value, out, index);
    }
}
