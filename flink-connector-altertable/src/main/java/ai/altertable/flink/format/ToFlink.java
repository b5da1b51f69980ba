package ai.altertable.flink.format;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;

/** Java's values as Flink's. The value decides by its class how it is taken, so any may come. */
final class ToFlink {

    private ToFlink() {}

    /** An object with members, a Row, or a RowData, which stays what it is. */
    static Conversion ofObject(Class<?> type, RowType columns, String path) {
        if (RowData.class.isAssignableFrom(type)) {
            return value -> value;
        }
        return Row.class.isAssignableFrom(type)
                ? ofRow(columns, path)
                : ofMembers(type, columns, path);
    }

    private static Conversion ofRow(RowType columns, String path) {
        List<String> names = columns.getFieldNames();
        Conversion[] fields = new Conversion[names.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = of(columns.getTypeAt(i), inside(path, names.get(i)));
        }
        return value -> {
            Row row = (Row) value;
            boolean byName = row.getFieldNames(false) != null;
            if (!byName && row.getArity() != fields.length) {
                throw new RowNotEncodableException(
                        "A Row has "
                                + row.getArity()
                                + " fields instead of "
                                + fields.length
                                + (path.isEmpty() ? "" : ", in " + path));
            }
            GenericRowData result = new GenericRowData(row.getKind(), fields.length);
            for (int i = 0; i < fields.length; i++) {
                Object field = byName ? row.getField(names.get(i)) : row.getField(i);
                result.setField(i, Conversion.nullable(fields[i], field));
            }
            return result;
        };
    }

    private static Conversion ofMembers(Class<?> type, RowType columns, String path) {
        Members members = Members.of(type);
        int size = columns.getFieldCount();
        MethodHandle[] getters = new MethodHandle[size];
        Conversion[] fields = new Conversion[size];
        for (int i = 0; i < size; i++) {
            String column = columns.getFieldNames().get(i);
            Member member = members.list().get(members.indexFor(column));
            getters[i] = getter(type, member);
            if (!JavaTypes.mayBeTakenAs(columns.getTypeAt(i), JavaTypes.raw(member.type()))) {
                throw new ValidationException(
                        inside(path, column)
                                + ": "
                                + member.type().getTypeName()
                                + " cannot be taken as "
                                + columns.getTypeAt(i).asSummaryString());
            }
            fields[i] = of(columns.getTypeAt(i), inside(path, column));
        }
        return value -> {
            GenericRowData result = new GenericRowData(size);
            for (int i = 0; i < size; i++) {
                Object field = Member.get(getters[i], value);
                result.setField(i, Conversion.nullable(fields[i], field));
            }
            return result;
        };
    }

    private static MethodHandle getter(Class<?> type, Member member) {
        return member.getter()
                .orElseThrow(
                        () ->
                                new ValidationException(
                                        "Member "
                                                + member.name()
                                                + " of "
                                                + type.getName()
                                                + " needs a getter"));
    }

    private static Conversion of(LogicalType type, String path) {
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
            case ARRAY -> array(of(((ArrayType) type).getElementType(), path + "[]"), type, path);
            case MAP -> {
                MapType map = (MapType) type;
                yield map(map.getKeyType(), map.getValueType(), type, path);
            }
            case MULTISET -> map(((MultisetType) type).getElementType(), new IntType(), type, path);
            case ROW -> struct((RowType) type, path);
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

    private static Conversion array(Conversion element, LogicalType type, String path) {
        return value -> {
            Object[] elements;
            if (value instanceof Collection<?> collection) {
                elements = collection.toArray();
            } else if (value.getClass().isArray()) {
                elements = new Object[Array.getLength(value)];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = Array.get(value, i);
                }
            } else {
                throw refusal(value, type, path);
            }
            for (int i = 0; i < elements.length; i++) {
                elements[i] = Conversion.nullable(element, elements[i]);
            }
            return new GenericArrayData(elements);
        };
    }

    private static Conversion map(
            LogicalType keyType, LogicalType valueType, LogicalType type, String path) {
        Conversion keys = of(keyType, path + ".key");
        Conversion values = of(valueType, path + ".value");
        return value -> {
            if (!(value instanceof Map<?, ?> map)) {
                throw refusal(value, type, path);
            }
            Map<Object, Object> result = new HashMap<>(map.size() * 2);
            map.forEach(
                    (k, v) ->
                            result.put(
                                    Conversion.nullable(keys, k), Conversion.nullable(values, v)));
            return new GenericMapData(result);
        };
    }

    /** Of whatever class the value is; it is bound when the first of a class comes. */
    private static Conversion struct(RowType type, String path) {
        Map<Class<?>, Conversion> known = new HashMap<>();
        Function<Class<?>, Conversion> bind = actual -> ofObject(actual, type, path);
        return value -> known.computeIfAbsent(value.getClass(), bind).apply(value);
    }

    private static Object refuse(Object value, LogicalType type, String path) {
        throw refusal(value, type, path);
    }

    private static RowNotEncodableException refusal(Object value, LogicalType type, String path) {
        return new RowNotEncodableException(
                path
                        + ": a "
                        + value.getClass().getName()
                        + " cannot be taken as "
                        + type.asSummaryString());
    }

    private static String inside(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
