package ai.altertable.flink.format;

import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * TIMESTAMP and TIMESTAMP_LTZ: a number, quoted or not, or a text.
 *
 * <p>The number counts from 1970: microseconds, as {@code epoch_us(c)} does, or, for a precision
 * above 6, nanoseconds, as {@code epoch_ns(c)} does. The text is that of a date and a time (see
 * {@link TemporalText}) with a T or a blank between. Of a TIMESTAMP_LTZ it must name the offset:
 * without one it depends on the server's time zone, which is nobody's to guess; of a TIMESTAMP it
 * must not. Digits beyond the declared precision are cut, towards the past.
 */
final class TimestampDecoder extends ValueDecoder {

    private static final int MICROS = 6;
    private static final int MILLIS = 3;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final int[] POWERS = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000};

    private final IntegerDecoder epoch;
    private final boolean zoned;
    private final boolean isCompact;
    private final long unitsPerMilli;
    private final int nanosPerUnit;

    /** What the last digit that is kept counts, in milliseconds and in their nanoseconds. */
    private final int keptMillis;

    private final int keptNanos;

    TimestampDecoder(LogicalType type, int precision, String column) {
        super(type, column);
        this.epoch = new IntegerDecoder(new BigIntType(), column);
        this.zoned = type.getTypeRoot() == LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
        this.isCompact = TimestampData.isCompact(precision);
        this.unitsPerMilli = precision > MICROS ? NANOS_PER_MILLI : 1000;
        this.nanosPerUnit = precision > MICROS ? 1 : 1000;
        this.keptMillis = POWERS[Math.max(MILLIS - precision, 0)];
        this.keptNanos = POWERS[Math.min(MILLIS + MICROS - precision, MICROS)];
    }

    @Override
    protected int fastValue(byte[] b, int at, Cells out, int index) {
        int end = epoch.fast(b, at, out, index);
        if (end == UNREAD || isInfinite(out.word(index))) {
            return UNREAD;
        }
        set(ofEpoch(out.word(index)), out, index);
        return end;
    }

    private void set(TimestampData value, Cells out, int index) {
        if (isCompact) {
            out.setWord(index, value.getMillisecond());
        } else {
            out.setTimestamp(index, value.getMillisecond(), value.getNanoOfMillisecond());
        }
    }

    /** DuckDB's infinities, at the ends of the range of its values. */
    private static boolean isInfinite(long epoch) {
        return epoch == Long.MAX_VALUE || epoch == -Long.MAX_VALUE;
    }

    private TimestampData ofEpoch(long epoch) {
        long milli = Math.floorDiv(epoch, unitsPerMilli);
        return cut(milli, (int) (epoch - milli * unitsPerMilli) * nanosPerUnit);
    }

    private TimestampData cut(long milli, int nanoOfMilli) {
        return TimestampData.fromEpochMillis(
                keptMillis == 1 ? milli : milli - Math.floorMod(milli, keptMillis),
                nanoOfMilli - nanoOfMilli % keptNanos);
    }

    @Override
    protected void fromNumber(String number, Cells out, int index) throws Refusal {
        long epoch = ExactNumber.integer(number, Long.MIN_VALUE, Long.MAX_VALUE);
        if (isInfinite(epoch)) {
            throw new Refusal("an infinite timestamp");
        }
        set(ofEpoch(epoch), out, index);
    }

    @Override
    protected void fromText(String text, Cells out, int index) throws Refusal {
        if (ExactNumber.isNumber(text)) {
            fromNumber(text, out, index);
            return;
        }
        TemporalText.Instant instant = TemporalText.instant(text, zoned);
        set(cut(instant.epochMilli(), instant.nanoOfMilli()), out, index);
    }
}
