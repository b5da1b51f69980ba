package ai.altertable.flink.format;

import java.math.BigDecimal;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.types.logical.DecimalType;

/**
 * DECIMAL: a text or a number that the declared precision and scale hold exactly. Digits are never
 * rounded away; zeros at the end are no digits. A number with an exponent is taken at its word, so
 * the digits that a server lost before are lost: that is why decimals are selected as text.
 */
final class DecimalDecoder extends ValueDecoder {

    /** As many digits a long holds, and Flink's compact form as well. */
    private static final int LONG_DIGITS = 18;

    private static final int MAX_FAST_LENGTH = 64;

    private final int precision;
    private final int scale;

    DecimalDecoder(DecimalType type, String column) {
        super(type, column);
        this.precision = type.getPrecision();
        this.scale = type.getScale();
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
        long unscaled = 0;
        for (int digit = b[i] - '0'; digit >= 0 && digit <= 9; digit = b[i] - '0') {
            unscaled = unscaled * 10 + digit;
            i++;
        }
        int whole = i - first;
        if (whole == 0 || whole > 1 && b[first] == '0') {
            return UNREAD;
        }
        int fraction = 0;
        if (b[i] == '.') {
            int behindPoint = ++i;
            for (int digit = b[i] - '0'; digit >= 0 && digit <= 9; digit = b[i] - '0') {
                unscaled = unscaled * 10 + digit;
                i++;
            }
            fraction = i - behindPoint;
            if (fraction == 0) {
                return UNREAD;
            }
        }
        boolean isCompact = precision <= LONG_DIGITS && whole + fraction <= LONG_DIGITS;
        boolean isRead =
                isCompact
                        ? compact(negative ? -unscaled : unscaled, fraction, out, index)
                        : wide(b, start, i, out, index);
        if (!isRead || quoted && b[i++] != '"') {
            return UNREAD;
        }
        return i;
    }

    private boolean compact(long unscaled, int fraction, Cells out, int index) {
        if (fraction > scale) {
            return false;
        }
        // The bound is divided where the value would be multiplied, so that nothing overflows.
        long bound = DigitRun.POWERS[precision - scale + fraction];
        out.setWord(index, unscaled * DigitRun.POWERS[scale - fraction]);
        return unscaled > -bound && unscaled < bound;
    }

    private boolean wide(byte[] b, int start, int end, Cells out, int index) {
        if (end - start > MAX_FAST_LENGTH) {
            return false;
        }
        char[] chars = new char[end - start];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) b[start + i];
        }
        BigDecimal number = new BigDecimal(chars);
        DecimalData value = DecimalData.fromBigDecimal(number, precision, scale);
        if (number.scale() > scale || value == null) {
            return false;
        }
        set(value, out, index);
        return true;
    }

    private static void set(DecimalData value, Cells out, int index) {
        if (value.isCompact()) {
            out.setWord(index, value.toUnscaledLong());
        } else {
            out.setWideDecimal(index, value.toUnscaledBytes());
        }
    }

    @Override
    protected void fromNumber(String number, Cells out, int index) throws Refusal {
        BigDecimal value = ExactNumber.of(number, precision, scale);
        set(DecimalData.fromBigDecimal(value, precision, scale), out, index);
    }

    @Override
    protected void fromText(String text, Cells out, int index) throws Refusal {
        fromNumber(text, out, index);
    }
}
