package ai.altertable.flink.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * A literal as a value, in Flink's internal form, of the type of the column that it is compared
 * with. Where it is not exactly such a value, nothing: then the comparison is Flink's.
 */
final class LiteralValue {

    /** DuckDB's nanoseconds do not hold the whole of the years around. */
    private static final int FIRST_YEAR_OF_NANOS = 1678;

    private static final int LAST_YEAR_OF_NANOS = 2261;

    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9999;

    private LiteralValue() {}

    static Optional<Object> of(ValueLiteralExpression literal, LogicalType column) {
        LogicalType type = literal.getOutputDataType().getLogicalType();
        if (type.is(LogicalTypeFamily.EXACT_NUMERIC)) {
            return literal.getValueAs(BigDecimal.class).flatMap(number -> exact(number, column));
        }
        if (type.is(LogicalTypeFamily.CHARACTER_STRING) && column.is(LogicalTypeRoot.VARCHAR)) {
            return literal.getValueAs(String.class)
                    .filter(LiteralValue::canBeWritten)
                    .map(text -> text);
        }
        return type.is(column.getTypeRoot()) ? ofSameType(literal, column) : Optional.empty();
    }

    private static Optional<Object> ofSameType(ValueLiteralExpression literal, LogicalType column) {
        return switch (column.getTypeRoot()) {
            case BOOLEAN -> literal.getValueAs(Boolean.class).map(value -> value);
            case DATE ->
                    literal.getValueAs(LocalDate.class)
                            .filter(date -> isBetween(date.getYear(), FIRST_YEAR, LAST_YEAR))
                            .map(date -> (int) date.toEpochDay());
            case TIME_WITHOUT_TIME_ZONE ->
                    literal.getValueAs(LocalTime.class)
                            .filter(time -> isOfGrain(time.getNano(), column))
                            .map(time -> (int) TimeUnit.NANOSECONDS.toMillis(time.toNanoOfDay()));
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    literal.getValueAs(LocalDateTime.class)
                            .flatMap(time -> timestamp(time, column));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    literal.getValueAs(Instant.class)
                            .map(instant -> LocalDateTime.ofInstant(instant, ZoneOffset.UTC))
                            .flatMap(time -> timestamp(time, column));
            default -> Optional.empty();
        };
    }

    private static Optional<Object> exact(BigDecimal number, LogicalType column) {
        return switch (column.getTypeRoot()) {
            case TINYINT -> whole(number, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> whole(number, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> whole(number, Long.MIN_VALUE, Long.MAX_VALUE);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) column;
                int precision = decimal.getPrecision();
                int scale = decimal.getScale();
                yield number.setScale(scale, RoundingMode.DOWN).compareTo(number) == 0
                        ? Optional.ofNullable(DecimalData.fromBigDecimal(number, precision, scale))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private static Optional<Object> whole(BigDecimal number, long min, long max) {
        return number.setScale(0, RoundingMode.DOWN).compareTo(number) == 0
                        && number.compareTo(BigDecimal.valueOf(min)) >= 0
                        && number.compareTo(BigDecimal.valueOf(max)) <= 0
                ? Optional.of(number.longValue())
                : Optional.empty();
    }

    private static Optional<Object> timestamp(LocalDateTime time, LogicalType column) {
        boolean isOfNanos = Grain.of(column).filter(Grain::isOfNanos).isPresent();
        int first = isOfNanos ? FIRST_YEAR_OF_NANOS : FIRST_YEAR;
        int last = isOfNanos ? LAST_YEAR_OF_NANOS : LAST_YEAR;
        return isBetween(time.getYear(), first, last) && isOfGrain(time.getNano(), column)
                ? Optional.of(TimestampData.fromLocalDateTime(time))
                : Optional.empty();
    }

    private static boolean isOfGrain(int nanoOfSecond, LogicalType column) {
        return Grain.of(column).filter(grain -> grain.holds(nanoOfSecond)).isPresent();
    }

    private static boolean isBetween(int year, int first, int last) {
        return year >= first && year <= last;
    }

    /** Not with a NUL, at which DuckDB's parser ends, nor with half a surrogate pair. */
    private static boolean canBeWritten(String text) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return text.indexOf('\0') < 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
