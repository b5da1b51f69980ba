package ai.altertable.flink.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/** Flink's values without parts as objects of the classes that hold all of them. */
final class ScalarsToJava {

    private static final Conversion SAME = value -> value;

    private ScalarsToJava() {}

    /**
     * @param asked the class that is asked for; Object for the usual one
     */
    static Optional<Conversion> of(LogicalType type, Class<?> asked) {
        return Optional.ofNullable(
                switch (type.getTypeRoot()) {
                    case BOOLEAN -> only(asked, Boolean.class);
                    case TINYINT, SMALLINT, INTEGER, BIGINT -> integer(type, asked);
                    case FLOAT ->
                            asked == Double.class
                                    ? value -> ((Float) value).doubleValue()
                                    : only(asked, Float.class);
                    case DOUBLE -> only(asked, Double.class);
                    case DECIMAL -> decimal((DecimalType) type, asked);
                    case CHAR, VARCHAR -> text(asked);
                    case BINARY, VARBINARY -> only(asked, byte[].class);
                    case DATE -> date(asked);
                    case TIME_WITHOUT_TIME_ZONE ->
                            asked.isAssignableFrom(LocalTime.class)
                                    ? value -> LocalTime.ofNanoOfDay((int) value * 1_000_000L)
                                    : null;
                    case TIMESTAMP_WITHOUT_TIME_ZONE -> timestamp(asked);
                    case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> instant(asked);
                    default -> null;
                });
    }

    private static Conversion only(Class<?> asked, Class<?> natural) {
        return asked.isAssignableFrom(natural) ? SAME : null;
    }

    private static Conversion integer(LogicalType type, Class<?> asked) {
        Class<?> natural = JavaTypes.natural(type);
        if (asked.isAssignableFrom(natural)) {
            return SAME;
        }
        if (asked == BigInteger.class) {
            return value -> BigInteger.valueOf(((Number) value).longValue());
        }
        if (asked == BigDecimal.class) {
            return value -> BigDecimal.valueOf(((Number) value).longValue());
        }
        int rank = JavaTypes.integerRank(natural);
        if (JavaTypes.integerRank(asked) < rank) {
            return null;
        }
        if (asked == Long.class) {
            return value -> ((Number) value).longValue();
        }
        return asked == Integer.class
                ? value -> ((Number) value).intValue()
                : value -> ((Number) value).shortValue();
    }

    private static Conversion decimal(DecimalType type, Class<?> asked) {
        if (asked.isAssignableFrom(BigDecimal.class)) {
            return value -> ((DecimalData) value).toBigDecimal();
        }
        return asked == BigInteger.class && type.getScale() == 0
                ? value -> ((DecimalData) value).toBigDecimal().toBigIntegerExact()
                : null;
    }

    private static Conversion text(Class<?> asked) {
        if (asked.isAssignableFrom(String.class)) {
            return Object::toString;
        }
        if (asked == UUID.class) {
            return value -> UUID.fromString(value.toString());
        }
        return asked.isEnum() ? constant(asked) : null;
    }

    private static Conversion constant(Class<?> asked) {
        Map<String, Object> constants =
                Arrays.stream(asked.getEnumConstants())
                        .collect(
                                Collectors.toMap(
                                        constant -> ((Enum<?>) constant).name(),
                                        Function.identity()));
        return value -> {
            Object constant = constants.get(value.toString());
            if (constant == null) {
                throw new IllegalArgumentException(
                        "A text is none of the constants of " + asked.getName());
            }
            return constant;
        };
    }

    private static Conversion date(Class<?> asked) {
        if (asked == java.sql.Date.class) {
            return value -> java.sql.Date.valueOf(LocalDate.ofEpochDay((int) value));
        }
        return asked.isAssignableFrom(LocalDate.class)
                ? value -> LocalDate.ofEpochDay((int) value)
                : null;
    }

    private static Conversion timestamp(Class<?> asked) {
        if (asked == Timestamp.class) {
            return value -> ((TimestampData) value).toTimestamp();
        }
        return asked.isAssignableFrom(LocalDateTime.class)
                ? value -> ((TimestampData) value).toLocalDateTime()
                : null;
    }

    private static Conversion instant(Class<?> asked) {
        if (asked == OffsetDateTime.class) {
            return value -> ((TimestampData) value).toInstant().atOffset(ZoneOffset.UTC);
        }
        return asked.isAssignableFrom(Instant.class)
                ? value -> ((TimestampData) value).toInstant()
                : null;
    }
}
