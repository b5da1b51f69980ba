package ai.altertable.local.render;

import java.time.Instant;
import java.time.ZoneId;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Dates and times as texts of ISO 8601, by arithmetic alone. */
final class Temporals {

    private static final long SECONDS_PER_DAY = 86_400;
    private static final int MAX_FOUR_DIGIT_YEAR = 9999;

    private Temporals() {}

    /** {@code 2024-05-01}; years beyond four digits carry their sign: {@code +12024-05-01}. */
    static void putDate(JsonBuffer out, long epochDay) {
        // Days since 0000-03-01, in eras of 400 years: the calendar's shape repeats in them.
        long shifted = epochDay + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        long dayOfEra = Math.floorMod(shifted, 146_097L);
        long yearOfEra =
                (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long shiftedMonth = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        long month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        if (year < 0) {
            out.put('-');
        } else if (year > MAX_FOUR_DIGIT_YEAR) {
            out.put('+');
        }
        out.putDigits(Math.abs(year), 4);
        out.put('-');
        out.putDigits(month, 2);
        out.put('-');
        out.putDigits(day, 2);
    }

    /** {@code 13:45:00}, with three, six or nine digits behind the second where it needs them. */
    static void putTime(JsonBuffer out, long secondOfDay, int nanos) {
        out.putDigits(secondOfDay / 3600, 2);
        out.put(':');
        out.putDigits(secondOfDay / 60 % 60, 2);
        out.put(':');
        out.putDigits(secondOfDay % 60, 2);
        if (nanos == 0) {
            return;
        }
        out.put('.');
        if (nanos % 1_000_000 == 0) {
            out.putDigits(nanos / 1_000_000, 3);
        } else if (nanos % 1000 == 0) {
            out.putDigits(nanos / 1000, 6);
        } else {
            out.putDigits(nanos, 9);
        }
    }

    static void putTimestamp(JsonBuffer out, long epochSecond, int nanos) {
        putDate(out, Math.floorDiv(epochSecond, SECONDS_PER_DAY));
        out.put('T');
        putTime(out, Math.floorMod(epochSecond, SECONDS_PER_DAY), nanos);
    }

    static CellWriter date(DateDayVector vector) {
        return (out, row) -> putDate(out, finite(vector.get(row)));
    }

    static CellWriter timeOfMicros(TimeMicroVector vector) {
        return (out, row) -> putTimeOfDay(out, vector.get(row), 1_000_000);
    }

    static CellWriter timeOfNanos(TimeNanoVector vector) {
        return (out, row) -> putTimeOfDay(out, vector.get(row), 1_000_000_000);
    }

    private static long finite(int epochDay) {
        if (epochDay == Integer.MAX_VALUE || epochDay == -Integer.MAX_VALUE) {
            throw new RenderException("Conversion Error: an infinite DATE has no rendering");
        }
        return epochDay;
    }

    private static void putTimeOfDay(JsonBuffer out, long value, int perSecond) {
        putTime(out, value / perSecond, (int) (value % perSecond) * (1_000_000_000 / perSecond));
    }

    static CellWriter timestamp(TimeStampVector vector) {
        ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
        long perSecond = perSecond(type.getUnit());
        int nanosPerUnit = (int) (1_000_000_000 / perSecond);
        ZoneId zone = type.getTimezone() == null ? null : ZoneId.of(type.getTimezone());
        return (out, row) -> {
            long value = vector.getDataBuffer().getLong(8L * row);
            if (value == Long.MAX_VALUE || value == -Long.MAX_VALUE) {
                throw new RenderException(
                        "Conversion Error: an infinite TIMESTAMP has no rendering");
            }
            long second = Math.floorDiv(value, perSecond);
            int nanos = (int) Math.floorMod(value, perSecond) * nanosPerUnit;
            if (zone == null) {
                putTimestamp(out, second, nanos);
            } else {
                var offset = zone.getRules().getOffset(Instant.ofEpochSecond(second));
                putTimestamp(out, second + offset.getTotalSeconds(), nanos);
                out.putPlain(offset.getId());
            }
        };
    }

    private static long perSecond(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 1;
            case MILLISECOND -> 1000;
            case MICROSECOND -> 1_000_000;
            case NANOSECOND -> 1_000_000_000;
        };
    }
}
