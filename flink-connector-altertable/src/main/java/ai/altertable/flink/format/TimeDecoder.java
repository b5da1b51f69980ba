package ai.altertable.flink.format;

import org.apache.flink.table.types.logical.TimeType;

/**
 * TIME: a text, see {@link TemporalText}; the value is the number of milliseconds of the day, which
 * is all that Flink keeps. Digits beyond the declared precision, and beyond milliseconds, are cut.
 * DuckDB's {@code 24:00:00} has no value here.
 */
final class TimeDecoder extends ValueDecoder {

    private static final int LENGTH = "\"13:45:00".length();
    private static final int NANOS_PER_MILLI = 1_000_000;

    /** By the number of digits that are kept: how many milliseconds the last one counts. */
    private static final int[] UNITS = {1000, 100, 10, 1};

    private final int unit;

    TimeDecoder(TimeType type, String column) {
        super(type, column);
        this.unit = UNITS[Math.min(type.getPrecision(), 3)];
    }

    @Override
    protected int fastValue(byte[] b, int at, Cells out, int index) {
        if (b[at] != '"' || b[at + 3] != ':' || b[at + 6] != ':') {
            return UNREAD;
        }
        int hour = Words.twoDigits(b, at + 1);
        int minute = Words.twoDigits(b, at + 4);
        int second = Words.twoDigits(b, at + 7);
        if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
            return UNREAD;
        }
        int milli = 0;
        int end = at + LENGTH;
        if (b[end] == '.') {
            int first = ++end;
            int weight = 100;
            for (int digit = b[end] - '0'; digit >= 0 && digit <= 9; digit = b[end] - '0') {
                milli += digit * weight;
                weight /= 10;
                end++;
            }
            if (end == first || end - first > 9) {
                return UNREAD;
            }
        }
        if (b[end] != '"') {
            return UNREAD;
        }
        out.setWord(index, cut(((hour * 60 + minute) * 60 + second) * 1000 + milli));
        return end + 1;
    }

    private int cut(int milliOfDay) {
        return milliOfDay - milliOfDay % unit;
    }

    @Override
    protected void fromText(String text, Cells out, int index) throws Refusal {
        out.setWord(index, cut((int) (TemporalText.nanoOfDay(text) / NANOS_PER_MILLI)));
    }
}
