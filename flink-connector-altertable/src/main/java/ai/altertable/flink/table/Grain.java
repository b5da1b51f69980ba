package ai.altertable.flink.table;

import java.time.Duration;
import java.util.Optional;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * What the last digit of a time counts, as it is declared.
 *
 * @param digits how many digits of a second Flink keeps
 */
record Grain(int digits) {

    private static final int MILLIS = 3;
    private static final int MICROS = 6;
    private static final int NANOS = 9;

    /** Nothing for what is no time. */
    static Optional<Grain> of(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case TIME_WITHOUT_TIME_ZONE ->
                    // Whatever is declared, there is nothing below a millisecond.
                    Optional.of(new Grain(Math.min(((TimeType) type).getPrecision(), MILLIS)));
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    Optional.of(new Grain(((TimestampType) type).getPrecision()));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    Optional.of(new Grain(((LocalZonedTimestampType) type).getPrecision()));
            default -> Optional.empty();
        };
    }

    /** Whether a column may hold more digits, which are cut, towards the past, when it is read. */
    boolean isCoarse() {
        return digits != MICROS && digits != NANOS;
    }

    /** Whether DuckDB counts nanoseconds in it. */
    boolean isOfNanos() {
        return digits > MICROS;
    }

    boolean holds(int nanoOfSecond) {
        return nanoOfSecond % unit().toNanos() == 0;
    }

    /** The smallest value, in Flink's internal form, that is greater in the declared digits. */
    Object next(Object value) {
        return value instanceof TimestampData timestamp
                ? TimestampData.fromLocalDateTime(timestamp.toLocalDateTime().plus(unit()))
                : (Object) ((int) value + (int) unit().toMillis());
    }

    private Duration unit() {
        return Duration.ofNanos((long) Math.pow(10, NANOS - digits));
    }
}
