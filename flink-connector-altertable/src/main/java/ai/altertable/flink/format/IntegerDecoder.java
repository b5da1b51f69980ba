package ai.altertable.flink.format;

import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.LogicalType;

/** TINYINT to BIGINT: numbers, quoted or not. */
final class IntegerDecoder extends ValueDecoder {

    private static final int MAX_DIGITS = 19;

    private final long min;
    private final long max;

    IntegerDecoder(LogicalType type, String column) {
        super(type, column);
        this.max =
                switch (type.getTypeRoot()) {
                    case TINYINT -> Byte.MAX_VALUE;
                    case SMALLINT -> Short.MAX_VALUE;
                    case INTEGER -> Integer.MAX_VALUE;
                    default -> Long.MAX_VALUE;
                };
        this.min = -max - 1;
    }

    @Override
    protected int fastValue(byte[] b, int at, GenericRowData out, int index) {
        int i = at;
        boolean quoted = b[i] == '"';
        if (quoted) {
            i++;
        }
        boolean negative = b[i] == '-';
        if (negative) {
            i++;
        }
        int first = i;
        i = DigitRun.end(b, first);
        long value = DigitRun.value(b, first, i, 0);
        if (!isInteger(b, first, i, value, negative) || quoted && b[i++] != '"') {
            return UNREAD;
        }
        value = negative ? -value : value;
        if (value < min || value > max) {
            return UNREAD;
        }
        out.setField(index, box(value));
        return i;
    }

    private static boolean isInteger(byte[] b, int from, int to, long value, boolean negative) {
        int digits = to - from;
        if (digits == 0 || digits > MAX_DIGITS || digits > 1 && b[from] == '0') {
            return false;
        }
        // So many digits may have wrapped, but only once: then the sign is wrong.
        return value >= 0 || negative && value == Long.MIN_VALUE;
    }

    /** Asked by comparison: a jump by table would often be mispredicted. */
    private Object box(long value) {
        if (max == Long.MAX_VALUE) {
            return value;
        } else if (max == Integer.MAX_VALUE) {
            return (int) value;
        } else if (max == Short.MAX_VALUE) {
            return (short) value;
        }
        return (byte) value;
    }

    @Override
    protected Object fromNumber(String number) throws Refusal {
        return box(ExactNumber.integer(number, min, max));
    }

    @Override
    protected Object fromText(String text) throws Refusal {
        return fromNumber(text);
    }
}
