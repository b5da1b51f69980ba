package ai.altertable.flink.format;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times as ISO 8601 and DuckDB write them: {@code 2024-05-01}, {@code +12024-05-01} or
 * {@code 12024-05-01}, {@code -0043-03-15} or {@code 0044-03-15 (BC)}; {@code 13:45:00} with up to
 * nine digits behind the second. Infinity is not a date.
 */
final class TemporalText {

    private static final String DATE = "([+-]?)(\\d{4,9})-(\\d\\d)-(\\d\\d)( \\(BC\\))?";
    private static final String TIME = "(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,9}))?";
    private static final String OFFSET = "(Z|[+-]\\d\\d(?::?\\d\\d(?::?\\d\\d)?)?)?";

    private static final Pattern DATE_ONLY = Pattern.compile(DATE);
    private static final Pattern TIME_ONLY = Pattern.compile(TIME);
    private static final Pattern TIMESTAMP = Pattern.compile(DATE + "[T ]" + TIME + OFFSET);

    private static final int GROUPS_OF_DATE = 5;
    private static final int GROUP_OF_OFFSET = 10;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MILLIS_PER_DAY = 86_400_000;

    /** A point in time, or of the clock on the wall, to the nanosecond. */
    record Instant(long epochMilli, int nanoOfMilli) {}

    private TemporalText() {}

    static long epochDay(String text) throws Refusal {
        Matcher matcher = DATE_ONLY.matcher(text);
        if (!matcher.matches()) {
            throw new Refusal("a string that is no date");
        }
        return epochDay(matcher);
    }

    static long nanoOfDay(String text) throws Refusal {
        Matcher matcher = TIME_ONLY.matcher(text);
        if (!matcher.matches()) {
            throw new Refusal("a string that is no time");
        }
        return nanoOfDay(matcher, 0);
    }

    /**
     * @param zoned whether the text must name its offset from UTC, or must not
     */
    static Instant instant(String text, boolean zoned) throws Refusal {
        Matcher matcher = TIMESTAMP.matcher(text);
        if (!matcher.matches()) {
            throw new Refusal("a string that is no timestamp");
        }
        String offset = matcher.group(GROUP_OF_OFFSET);
        if (zoned && offset == null) {
            throw new Refusal("a timestamp without the offset that makes it a point in time");
        } else if (!zoned && offset != null) {
            throw new Refusal("a timestamp with an offset, for a type that has none");
        }
        long nanoOfDay = nanoOfDay(matcher, GROUPS_OF_DATE);
        long milli = epochDay(matcher) * MILLIS_PER_DAY + nanoOfDay / NANOS_PER_MILLI;
        return new Instant(
                milli - (zoned ? offsetMillis(offset) : 0), (int) (nanoOfDay % NANOS_PER_MILLI));
    }

    private static long epochDay(Matcher matcher) throws Refusal {
        int year = Integer.parseInt(matcher.group(2));
        if (matcher.group(GROUPS_OF_DATE) != null) {
            if (!matcher.group(1).isEmpty() || year == 0) {
                throw new Refusal("a year both signed and before Christ");
            }
            year = 1 - year;
        } else if (matcher.group(1).equals("-")) {
            year = -year;
        }
        try {
            int month = Integer.parseInt(matcher.group(3));
            return LocalDate.of(year, month, Integer.parseInt(matcher.group(4))).toEpochDay();
        } catch (DateTimeException e) {
            throw new Refusal("a day that no calendar has");
        }
    }

    private static long nanoOfDay(Matcher matcher, int groupsBefore) throws Refusal {
        String fraction = matcher.group(groupsBefore + 4);
        int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "0".repeat(9)), 0, 9, 10);
        try {
            return LocalTime.of(
                            Integer.parseInt(matcher.group(groupsBefore + 1)),
                            Integer.parseInt(matcher.group(groupsBefore + 2)),
                            Integer.parseInt(matcher.group(groupsBefore + 3)),
                            nanos)
                    .toNanoOfDay();
        } catch (DateTimeException e) {
            throw new Refusal("a time that no day has");
        }
    }

    private static long offsetMillis(String offset) throws Refusal {
        try {
            return ZoneOffset.of(offset).getTotalSeconds() * 1000L;
        } catch (DateTimeException e) {
            throw new Refusal("an offset that no zone has");
        }
    }
}
