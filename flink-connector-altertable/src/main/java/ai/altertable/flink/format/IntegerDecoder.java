package ai.altertable.flink.format;

import org.apache.flink.table.types.logical.LogicalType;

/** TINYINT to BIGINT: numbers, quoted or not. */
final class IntegerDecoder extends ValueDecoder {

    private static final int MAX_DIGITS = 19;

    private final long min;
    private final long max;

    /** The bits that the type has. */
    private final long mask;

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
        this.mask = max - min;
    }

    @Override
    protected int fastValue(byte[] b, int at, Cells out, int index) {
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
        out.setWord(index, value & mask);
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

    @Override
    protected void fromNumber(String number, Cells out, int index) throws Refusal {
        out.setWord(index, ExactNumber.integer(number, min, max) & mask);
    }

    @Override
    protected void fromText(String text, Cells out, int index) throws Refusal {
        fromNumber(text, out, index);
    }
}
