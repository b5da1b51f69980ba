package ai.altertable.flink.format;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.flink.table.data.GenericRowData;
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
    protected int fastValue(byte[] b, int at, GenericRowData out, int index) {
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
        Object result;
        if (exact) {
            double value = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
            result = box(negative ? -value : value, b, start, end);
        } else {
            result = end - start > MAX_FAST_LENGTH ? null : parse(b, start, end);
        }
        out.setField(index, result);
        return result == null ? UNREAD : i;
    }

    private Object box(double value, byte[] b, int start, int end) {
        if (!isFloat) {
            return value;
        }
        // Rounding twice is wrong only where the first rounding made a tie for the second.
        boolean tie = (Double.doubleToRawLongBits(value) & 0x1FFF_FFFFL) == 0x1000_0000L;
        boolean small = Math.abs(value) < Float.MIN_NORMAL && value != 0;
        return tie || small || Math.abs(value) > Float.MAX_VALUE
                ? parse(b, start, end)
                : (Object) (float) value;
    }

    private Object parse(byte[] b, int start, int end) {
        try {
            return rounded(new String(b, start, end - start, StandardCharsets.ISO_8859_1));
        } catch (Refusal e) {
            return null;
        }
    }

    private Object rounded(String number) throws Refusal {
        if (isFloat) {
            float value = Float.parseFloat(number);
            if (Float.isFinite(value)) {
                return value;
            }
        } else {
            double value = Double.parseDouble(number);
            if (Double.isFinite(value)) {
                return value;
            }
        }
        throw new Refusal("a number out of range");
    }

    @Override
    protected Object fromNumber(String number) throws Refusal {
        return rounded(number);
    }

    @Override
    protected Object fromText(String text) throws Refusal {
        if (ExactNumber.isNumber(text)) {
            return rounded(text);
        }
        double value =
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "nan", "-nan" -> Double.NaN;
                    case "inf", "infinity", "+inf", "+infinity" -> Double.POSITIVE_INFINITY;
                    case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
                    default -> throw new Refusal("a string that is no number");
                };
        if (isFloat) {
            return (float) value;
        }
        return value;
    }
}
