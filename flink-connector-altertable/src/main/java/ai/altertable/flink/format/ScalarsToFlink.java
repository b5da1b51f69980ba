package ai.altertable.flink.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * Java's values without parts as Flink's; what a value's class or size does not allow is refused.
 */
final class ScalarsToFlink {

    private ScalarsToFlink() {}

    static Conversion of(LogicalType type, String path) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> value -> value instanceof Boolean ? value : refuse(value, type, path);
            case TINYINT ->
                    value -> (byte) integer(value, type, path, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT ->
                    value -> (short) integer(value, type, path, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER ->
                    value -> (int) integer(value, type, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> value -> integer(value, type, path, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> value -> value instanceof Float ? value : refuse(value, type, path);
            case DOUBLE ->
                    value ->
                            value instanceof Double || value instanceof Float
                                    ? ((Number) value).doubleValue()
                                    : refuse(value, type, path);
            case DECIMAL -> value -> decimal(value, (DecimalType) type, path);
            case CHAR, VARCHAR -> value -> text(value, type, path);
            case BINARY, VARBINARY ->
                    value -> value instanceof byte[] ? value : refuse(value, type, path);
            case DATE -> value -> (int) date(value, type, path).toEpochDay();
            case TIME_WITHOUT_TIME_ZONE ->
                    value ->
                            value instanceof LocalTime time
                                    ? (int) (time.toNanoOfDay() / 1_000_000)
                                    : refuse(value, type, path);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> value -> timestamp(value, type, path);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> value -> instant(value, type, path);
            default -> throw new ValidationException(TypeMapping.unmapped(type, path));
        };
    }

    private static long integer(Object value, LogicalType type, String path, long min, long max) {
        long number;
        if (value instanceof Integer || value instanceof Long) {
            number = ((Number) value).longValue();
        } else if (value instanceof Byte || value instanceof Short) {
            number = ((Number) value).longValue();
        } else if (value instanceof BigInteger big && big.bitLength() < Long.SIZE) {
            number = big.longValue();
        } else {
            throw refusal(value, type, path);
        }
        if (number < min || number > max) {
            throw new RowNotEncodableException(
                    path + ": a number does not fit into " + type.asSummaryString());
        }
        return number;
    }

    private static DecimalData decimal(Object value, DecimalType type, String path) {
        BigDecimal number;
        if (value instanceof BigDecimal exact) {
            number = exact;
        } else if (value instanceof BigInteger exact) {
            number = new BigDecimal(exact);
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            number = BigDecimal.valueOf(((Number) value).longValue());
        } else {
            throw refusal(value, type, path);
        }
        // Flink's own conversion would round.
        DecimalData result =
                number.stripTrailingZeros().scale() <= type.getScale()
                        ? DecimalData.fromBigDecimal(number, type.getPrecision(), type.getScale())
                        : null;
        if (result == null) {
            throw new RowNotEncodableException(
                    path + ": a number has more digits than " + type.asSummaryString() + " holds");
        }
        return result;
    }

    private static StringData text(Object value, LogicalType type, String path) {
        if (value instanceof String text) {
            return StringData.fromString(text);
        }
        if (value instanceof Enum<?> constant) {
            return StringData.fromString(constant.name());
        }
        if (value instanceof UUID || value instanceof CharSequence || value instanceof Character) {
            return StringData.fromString(value.toString());
        }
        throw refusal(value, type, path);
    }

    private static LocalDate date(Object value, LogicalType type, String path) {
        if (value instanceof LocalDate date) {
            return date;
        }
        if (value instanceof java.sql.Date date) {
            return date.toLocalDate();
        }
        throw refusal(value, type, path);
    }

    private static TimestampData timestamp(Object value, LogicalType type, String path) {
        if (value instanceof LocalDateTime time) {
            return TimestampData.fromLocalDateTime(time);
        }
        if (value instanceof Timestamp time) {
            return TimestampData.fromTimestamp(time);
        }
        throw refusal(value, type, path);
    }

    private static TimestampData instant(Object value, LogicalType type, String path) {
        if (value instanceof Instant time) {
            return TimestampData.fromInstant(time);
        }
        if (value instanceof OffsetDateTime time) {
            return TimestampData.fromInstant(time.toInstant());
        }
        if (value instanceof ZonedDateTime time) {
            return TimestampData.fromInstant(time.toInstant());
        }
        throw refusal(value, type, path);
    }

    private static Object refuse(Object value, LogicalType type, String path) {
        throw refusal(value, type, path);
    }

    static RowNotEncodableException refusal(Object value, LogicalType type, String path) {
        return new RowNotEncodableException(
                path
                        + ": a "
                        + value.getClass().getName()
                        + " cannot be taken as "
                        + type.asSummaryString());
    }
}
