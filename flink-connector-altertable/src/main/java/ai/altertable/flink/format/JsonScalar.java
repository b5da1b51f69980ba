package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;

/** The values without parts. What JSON numbers would lose goes as a string (CONTRACT.md, 4). */
final class JsonScalar {

    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);

    private JsonScalar() {}

    private static int copy(byte[] text, byte[] out, int at) {
        System.arraycopy(text, 0, out, at, text.length);
        return at + text.length;
    }

    private static int closeQuote(byte[] out, int at) {
        out[at] = '"';
        return at + 1;
    }

    static final class BooleanValue extends JsonValue {
        BooleanValue() {
            super(false, FALSE.length, false);
        }

        @Override
        int write(RowData row, int field, ChunkBuffer out, int at) {
            return copy(row.getBoolean(field) ? TRUE : FALSE, out.bytes(), at);
        }
    }

    static final class ByteValue extends JsonValue {
        ByteValue() {
            super(false, Digits.MAX_LONG, false);
        }

        @Override
        int write(RowData row, int field, ChunkBuffer out, int at) {
            return Digits.number(out.bytes(), at, row.getByte(field));
        }
    }

    static final class ShortValue extends JsonValue {
        ShortValue() {
            super(false, Digits.MAX_LONG, false);
        }

        @Override
        int write(RowData row, int field, ChunkBuffer out, int at) {
            return Digits.number(out.bytes(), at, row.getShort(field));
        }
    }

    static final class IntValue extends JsonValue {
        IntValue() {
            super(false, Digits.MAX_LONG, false);
        }

        @Override
        int write(RowData row, int field, ChunkBuffer out, int at) {
            return Digits.number(out.bytes(), at, row.getInt(field));
        }
    }

    static final class LongValue extends JsonValue {
        LongValue() {
            super(false, Digits.MAX_LONG, false);
        }

        @Override
        int write(RowData row, int field, ChunkBuffer out, int at) {
            return Digits.number(out.bytes(), at, row.getLong(field));
        }
    }

    /** Java's digits in a builder that is used again: they give back the same bits. */
    private abstract static class FloatingValue extends JsonValue {

        private static final int MAX_DIGITS = 26;

        private final StringBuilder digits = new StringBuilder(MAX_DIGITS);

        FloatingValue(boolean quoted) {
            super(quoted, MAX_DIGITS, false);
        }

        final int write(double value, byte[] out, int at) {
            boolean text = !Double.isFinite(value);
            int next = at;
            if (text && !quoted()) {
                out[next++] = '"';
            }
            digits.setLength(0);
            digits.append(value);
            for (int i = 0; i < digits.length(); i++) {
                out[next++] = (byte) digits.charAt(i);
            }
            return text || quoted() ? closeQuote(out, next) : next;
        }
    }

    /** As the double that equals it, so that also a DOUBLE column gets the exact value. */
    static final class FloatValue extends FloatingValue {
        FloatValue(boolean quoted) {
            super(quoted);
        }

        @Override
        int write(RowData row, int field, ChunkBuffer out, int at) {
            return write(row.getFloat(field), out.bytes(), at);
        }
    }

    static final class DoubleValue extends FloatingValue {
        DoubleValue(boolean quoted) {
            super(quoted);
        }

        @Override
        int write(RowData row, int field, ChunkBuffer out, int at) {
            return write(row.getDouble(field), out.bytes(), at);
        }
    }

    static final class DecimalValue extends JsonValue {

        /** 38 digits, a sign, a point, a zero before it, a quote. */
        private static final int MAX_DIGITS = 42;

        private final int precision;
        private final int scale;

        DecimalValue(DecimalType type) {
            super(true, MAX_DIGITS, false);
            precision = type.getPrecision();
            scale = type.getScale();
        }

        @Override
        int write(RowData row, int field, ChunkBuffer out, int at) {
            DecimalData decimal = row.getDecimal(field, precision, scale);
            byte[] bytes = out.bytes();
            int next;
            if (decimal.isCompact()) {
                next = Digits.decimal(bytes, at, decimal.toUnscaledLong(), decimal.scale());
            } else {
                String text = decimal.toBigDecimal().toPlainString();
                next = copy(text.getBytes(US_ASCII), bytes, at);
            }
            return closeQuote(bytes, next);
        }
    }

    static final class TextValue extends JsonValue {

        /** Longer texts are written piece by piece, so that room is not asked for six times. */
        private static final int PIECE = 2_048;

        TextValue() {
            super(true, 1, true);
        }

        @Override
        int write(RowData row, int field, ChunkBuffer out, int at) {
            byte[] text = row.getString(field).toBytes();
            int next = at;
            int from = 0;
            while (text.length - from > PIECE) {
                int to = JsonString.characterStart(text, from + PIECE);
                next = reserve(out, next, PIECE * JsonString.MAX_PER_BYTE);
                next = JsonString.escape(text, from, to, out.bytes(), next);
                from = to;
            }
            next = reserve(out, next, (text.length - from) * JsonString.MAX_PER_BYTE + 1);
            byte[] bytes = out.bytes();
            return closeQuote(bytes, JsonString.escape(text, from, text.length, bytes, next));
        }
    }

    static final class DateValue extends JsonValue {
        DateValue() {
            super(true, DateText.MAX_DATE + 1, false);
        }

        @Override
        int write(RowData row, int field, ChunkBuffer out, int at) {
            byte[] bytes = out.bytes();
            return closeQuote(bytes, DateText.date(bytes, at, row.getInt(field)));
        }
    }

    static final class TimeValue extends JsonValue {

        private final int fractionDigits;

        TimeValue(int precision) {
            super(true, DateText.MAX_TIME + 1, false);
            // Flink holds milliseconds, whatever was declared.
            fractionDigits = Math.min(3, DateText.fractionDigits(precision));
        }

        @Override
        int write(RowData row, int field, ChunkBuffer out, int at) {
            byte[] bytes = out.bytes();
            return closeQuote(
                    bytes, DateText.time(bytes, at, row.getInt(field), 0, fractionDigits));
        }
    }

    static final class TimestampValue extends JsonValue {

        private final int precision;
        private final int fractionDigits;
        private final byte[] end;

        TimestampValue(int precision, String end) {
            super(true, DateText.MAX_TIMESTAMP + 2, false);
            this.precision = precision;
            this.fractionDigits = DateText.fractionDigits(precision);
            this.end = end.getBytes(US_ASCII);
        }

        @Override
        int write(RowData row, int field, ChunkBuffer out, int at) {
            TimestampData timestamp = row.getTimestamp(field, precision);
            byte[] bytes = out.bytes();
            int next =
                    DateText.timestamp(
                            bytes,
                            at,
                            timestamp.getMillisecond(),
                            timestamp.getNanoOfMillisecond(),
                            fractionDigits);
            return copy(end, bytes, next);
        }
    }
}
