package ai.altertable.flink.format;

import java.time.LocalDate;
import org.apache.flink.table.types.logical.LogicalType;

/** DATE: a text, see {@link TemporalText}; the value is the number of days since 1970. */
final class DateDecoder extends ValueDecoder {

    private static final int LENGTH = "\"2024-05-01\"".length();
    private static final int LAST_YEAR = 9999;

    /** {@code 0000-00-}, so that a digit becomes its value and a dash zero. */
    private static final long PATTERN = 0x2D30_302D_3030_3030L;

    /** What takes a byte to its high bit that is more than 9, or more than 0 for a dash. */
    private static final long ABOVE_PATTERN = 0x7F76_767F_7676_7676L;

    /**
     * The day before the first of each four-digit year, doubled, and one more in a leap year: a
     * look-up instead of a division, and instead of asking what the processor cannot guess.
     */
    private static final int[] YEARS = new int[LAST_YEAR + 1];

    /** The days of a year before each month, and from 16 on those of a leap year. */
    private static final short[] BEFORE_MONTH = new short[32];

    /** Likewise how many days each month has; 0 where there is no month. */
    private static final byte[] DAYS = new byte[32];

    static {
        for (int year = 0; year <= LAST_YEAR; year++) {
            LocalDate first = LocalDate.of(year, 1, 1);
            YEARS[year] = 2 * ((int) first.toEpochDay() - 1) + (first.isLeapYear() ? 1 : 0);
        }
        for (int month = 1; month <= 12; month++) {
            for (int leap = 0; leap <= 1; leap++) {
                LocalDate first = LocalDate.of(2023 + leap, month, 1);
                BEFORE_MONTH[leap << 4 | month] = (short) (first.getDayOfYear() - 1);
                DAYS[leap << 4 | month] = (byte) first.lengthOfMonth();
            }
        }
    }

    DateDecoder(LogicalType type, String column) {
        super(type, column);
    }

    @Override
    protected int fastValue(byte[] b, int at, Cells out, int index) {
        if (b[at] != '"' || b[at + 11] != '"') {
            return UNREAD;
        }
        long digits = Words.at(b, at + 1) ^ PATTERN;
        int day = Words.twoDigits(b, at + 9);
        if (((digits + ABOVE_PATTERN | digits) & Words.HIGH_BITS) != 0 || day < 0) {
            return UNREAD;
        }
        long pairs = digits * 10 + (digits >>> 8);
        int century = (int) pairs & 0xFF;
        int yearOfCentury = (int) (pairs >>> 16) & 0xFF;
        int month = (int) (pairs >>> 40) & 0xFF;
        if (month > 12) {
            return UNREAD;
        }
        int year = YEARS[century * 100 + yearOfCentury];
        int column = (year & 1) << 4 | month;
        if (day == 0 || day > DAYS[column]) {
            return UNREAD;
        }
        set((year >> 1) + BEFORE_MONTH[column] + day, out, index);
        return at + LENGTH;
    }

    private static void set(int day, Cells out, int index) {
        out.setWord(index, Integer.toUnsignedLong(day));
    }

    @Override
    protected void fromText(String text, Cells out, int index) throws Refusal {
        long day = TemporalText.epochDay(text);
        if (day != (int) day) {
            throw new Refusal("a date out of range");
        }
        set((int) day, out, index);
    }
}
