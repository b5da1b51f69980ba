package ai.altertable.flink.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Dates and times as ISO text in bytes, by arithmetic: no {@code java.time} object. Years are
 * proleptic and have at least four digits, as DuckDB reads them: {@code -0043} is 44 BC.
 */
final class DateText {

    static final int MAX_DATE = 20;
    static final int MAX_TIME = 18;
    static final int MAX_TIMESTAMP = MAX_DATE + 1 + MAX_TIME;

    private static final int MILLIS_PER_DAY = 86_400_000;
    private static final int DAYS_PER_ERA = 146_097;
    private static final int YEARS_PER_ERA = 400;

    /** From 0000-03-01, where the arithmetic begins, to 1970-01-01. */
    private static final int EPOCH = 719_468;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The first day of 1900 and of 2000, and the one after 2099. */
    private static final int FIRST_KNOWN = -25_567;

    private static final int CENTURY = 10_957;
    private static final int LAST_KNOWN = 47_482;

    /** What stands behind the century in the dates of 200 years: {@code YY-MM-DD}. */
    private static final long[] KNOWN = new long[LAST_KNOWN - FIRST_KNOWN];

    static {
        byte[] text = new byte[MAX_DATE];
        for (int i = 0; i < KNOWN.length; i++) {
            calculated(text, 0, FIRST_KNOWN + i);
            KNOWN[i] = (long) WORD.get(text, 2);
        }
    }

    private DateText() {}

    static int date(byte[] out, int at, long epochDay) {
        if (epochDay < FIRST_KNOWN || epochDay >= LAST_KNOWN) {
            return calculated(out, at, epochDay);
        }
        int next = Digits.pair(out, at, epochDay < CENTURY ? 19 : 20);
        WORD.set(out, next, KNOWN[(int) epochDay - FIRST_KNOWN]);
        return next + 8;
    }

    private static int calculated(byte[] out, int at, long epochDay) {
        // A year begins in March here, so that the leap day is its last.
        long shifted = epochDay + EPOCH;
        long era = Math.floorDiv(shifted, DAYS_PER_ERA);
        int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
        int yearOfEra =
                (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = era * YEARS_PER_ERA + yearOfEra + (month <= 2 ? 1 : 0);

        int next = year(out, at, year);
        out[next] = '-';
        next = Digits.pair(out, next + 1, month);
        out[next] = '-';
        return Digits.pair(out, next + 1, day);
    }

    private static int year(byte[] out, int at, long year) {
        if (year >= 0 && year <= 9_999) {
            int century = (int) year / 100;
            return Digits.pair(out, Digits.pair(out, at, century), (int) year - century * 100);
        }
        if (year > 9_999) {
            return Digits.number(out, at, year);
        }
        out[at] = '-';
        return year < -9_999
                ? Digits.number(out, at + 1, -year)
                : Digits.padded(out, at + 1, (int) -year, 4);
    }

    /** Hours to seconds, and as many digits of the fraction as asked for: 0, 3, 6 or 9. */
    static int time(byte[] out, int at, int milliOfDay, int nanoOfMilli, int fractionDigits) {
        int secondOfDay = milliOfDay / 1_000;
        int minuteOfDay = secondOfDay / 60;
        int hour = minuteOfDay / 60;
        int next = Digits.pair(out, at, hour);
        out[next] = ':';
        next = Digits.pair(out, next + 1, minuteOfDay - hour * 60);
        out[next] = ':';
        next = Digits.pair(out, next + 1, secondOfDay - minuteOfDay * 60);
        if (fractionDigits == 0) {
            return next;
        }
        out[next] = '.';
        next = Digits.padded(out, next + 1, milliOfDay - secondOfDay * 1_000, 3);
        return switch (fractionDigits) {
            case 3 -> next;
            case 6 -> Digits.padded(out, next, nanoOfMilli / 1_000, 3);
            default -> Digits.padded(out, next, nanoOfMilli, 6);
        };
    }

    /** A date, a blank and a time. */
    static int timestamp(byte[] out, int at, long epochMilli, int nanoOfMilli, int fractionDigits) {
        long day = Math.floorDiv(epochMilli, MILLIS_PER_DAY);
        int next = date(out, at, day);
        out[next] = ' ';
        int milliOfDay = (int) (epochMilli - day * MILLIS_PER_DAY);
        return time(out, next + 1, milliOfDay, nanoOfMilli, fractionDigits);
    }

    /** The digits of a fraction that hold a precision: 0, 3, 6 or 9. */
    static int fractionDigits(int precision) {
        return (precision + 2) / 3 * 3;
    }
}
