package ai.altertable.flink.format;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/** Which column a Java type becomes when nobody says, and which Java type a column. */
final class JavaTypes {

    private static final int MICROSECONDS = 6;

    private static final Map<Class<?>, LogicalType> SCALARS =
            Map.ofEntries(
                    Map.entry(Boolean.class, new BooleanType()),
                    Map.entry(Byte.class, new TinyIntType()),
                    Map.entry(Short.class, new SmallIntType()),
                    Map.entry(Integer.class, new IntType()),
                    Map.entry(Long.class, new BigIntType()),
                    Map.entry(Float.class, new FloatType()),
                    Map.entry(Double.class, new DoubleType()),
                    Map.entry(BigDecimal.class, new DecimalType(38, 18)),
                    Map.entry(BigInteger.class, new DecimalType(38, 0)),
                    Map.entry(String.class, VarCharType.STRING_TYPE),
                    Map.entry(UUID.class, VarCharType.STRING_TYPE),
                    Map.entry(byte[].class, new VarBinaryType(VarBinaryType.MAX_LENGTH)),
                    Map.entry(LocalDate.class, new DateType()),
                    Map.entry(java.sql.Date.class, new DateType()),
                    Map.entry(LocalTime.class, new TimeType(3)),
                    Map.entry(LocalDateTime.class, new TimestampType(MICROSECONDS)),
                    Map.entry(Timestamp.class, new TimestampType(MICROSECONDS)),
                    Map.entry(Instant.class, new LocalZonedTimestampType(MICROSECONDS)),
                    Map.entry(OffsetDateTime.class, new LocalZonedTimestampType(MICROSECONDS)),
                    Map.entry(ZonedDateTime.class, new LocalZonedTimestampType(MICROSECONDS)));

    private JavaTypes() {}

    static RowType rowType(Class<?> type) {
        return row(type, type.getSimpleName(), new ArrayDeque<>());
    }

    private static RowType row(Class<?> type, String path, ArrayDeque<Class<?>> outer) {
        if (outer.contains(type)) {
            throw new ValidationException(path + ": " + type.getName() + " holds itself");
        }
        outer.push(type);
        List<RowType.RowField> fields =
                Members.of(type).list().stream()
                        .map(
                                member ->
                                        new RowType.RowField(
                                                member.name(),
                                                column(
                                                        member.type(),
                                                        path + "." + member.name(),
                                                        outer)))
                        .toList();
        outer.pop();
        return new RowType(fields);
    }

    private static LogicalType column(Type type, String path, ArrayDeque<Class<?>> outer) {
        Class<?> raw = raw(type);
        if (raw.isPrimitive() && SCALARS.containsKey(boxed(raw))) {
            return SCALARS.get(boxed(raw)).copy(false);
        }
        LogicalType scalar = SCALARS.get(raw);
        if (scalar != null) {
            return scalar;
        }
        if (raw.isEnum()) {
            return VarCharType.STRING_TYPE;
        }
        if (raw.isArray() || Collection.class.isAssignableFrom(raw)) {
            return new ArrayType(column(part(type, 0, path), path + "[]", outer));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return new MapType(
                    column(part(type, 0, path), path + ".key", outer),
                    column(part(type, 1, path), path + ".value", outer));
        }
        if (raw.isInterface() || raw.getName().startsWith("java.")) {
            throw new ValidationException(
                    path
                            + ": no column type is known for "
                            + type.getTypeName()
                            + "; name the columns and their types, or give a function that maps"
                            + " the objects");
        }
        return row(raw, path, outer);
    }

    /** The class of a type, without its parameters. */
    static Class<?> raw(Type type) {
        if (type instanceof Class<?> known) {
            return known;
        }
        if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
        }
        if (type instanceof WildcardType any) {
            return raw(any.getUpperBounds()[0]);
        }
        return type instanceof TypeVariable<?> variable
                ? raw(variable.getBounds()[0])
                : Object.class;
    }

    /** The type of the elements, the keys or the values, if it is told. */
    static Optional<Type> part(Type type, int index) {
        if (type instanceof GenericArrayType array) {
            return Optional.of(array.getGenericComponentType());
        }
        if (type instanceof Class<?> known && known.isArray()) {
            return Optional.of(known.getComponentType());
        }
        return type instanceof ParameterizedType generic
                ? Optional.of(generic.getActualTypeArguments()[index])
                : Optional.empty();
    }

    private static Type part(Type type, int index, String path) {
        return part(type, index)
                .orElseThrow(
                        () ->
                                new ValidationException(
                                        path
                                                + ": "
                                                + type.getTypeName()
                                                + " does not tell what it holds; give it type"
                                                + " parameters"));
    }

    static Class<?> boxed(Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0).getClass() : type;
    }

    /** The class of a field of a {@code Row}. */
    static Class<?> natural(LogicalType type) {
        return typeInformation(type).getTypeClass();
    }

    /** The place of a class among the integers, from the smallest; 0 for what is none. */
    static int integerRank(Class<?> boxed) {
        return List.of(Byte.class, Short.class, Integer.class, Long.class).indexOf(boxed) + 1;
    }

    /** Whether a value of this class may be in a column of this type; unknown classes may. */
    static boolean mayBeTakenAs(LogicalType type, Class<?> member) {
        Class<?> java = boxed(member);
        return !SCALARS.containsKey(java)
                || switch (type.getTypeRoot()) {
                    case BOOLEAN -> java == Boolean.class;
                    case TINYINT, SMALLINT, INTEGER, BIGINT -> isWhole(java);
                    case FLOAT -> java == Float.class;
                    case DOUBLE -> java == Float.class || java == Double.class;
                    case DECIMAL -> isWhole(java) || java == BigDecimal.class;
                    case CHAR, VARCHAR -> java == String.class || java == UUID.class;
                    case BINARY, VARBINARY, ARRAY -> java == byte[].class;
                    case DATE -> java == LocalDate.class || java == java.sql.Date.class;
                    case TIME_WITHOUT_TIME_ZONE -> java == LocalTime.class;
                    case TIMESTAMP_WITHOUT_TIME_ZONE ->
                            java == LocalDateTime.class || java == Timestamp.class;
                    case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                            List.of(Instant.class, OffsetDateTime.class, ZonedDateTime.class)
                                    .contains(java);
                    default -> false;
                };
    }

    private static boolean isWhole(Class<?> java) {
        return integerRank(java) > 0 || java == BigInteger.class;
    }

    /** How Flink carries a {@code Row} with these fields. */
    static TypeInformation<?> typeInformation(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> Types.BOOLEAN;
            case TINYINT -> Types.BYTE;
            case SMALLINT -> Types.SHORT;
            case INTEGER -> Types.INT;
            case BIGINT -> Types.LONG;
            case FLOAT -> Types.FLOAT;
            case DOUBLE -> Types.DOUBLE;
            case DECIMAL -> Types.BIG_DEC;
            case CHAR, VARCHAR -> Types.STRING;
            case BINARY, VARBINARY -> Types.PRIMITIVE_ARRAY(Types.BYTE);
            case DATE -> Types.LOCAL_DATE;
            case TIME_WITHOUT_TIME_ZONE -> Types.LOCAL_TIME;
            case TIMESTAMP_WITHOUT_TIME_ZONE -> Types.LOCAL_DATE_TIME;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Types.INSTANT;
            case ARRAY -> Types.OBJECT_ARRAY(typeInformation(((ArrayType) type).getElementType()));
            case MAP -> {
                MapType map = (MapType) type;
                yield Types.MAP(
                        typeInformation(map.getKeyType()), typeInformation(map.getValueType()));
            }
            case MULTISET ->
                    Types.MAP(typeInformation(((MultisetType) type).getElementType()), Types.INT);
            case ROW -> {
                RowType row = (RowType) type;
                yield Types.ROW_NAMED(
                        row.getFieldNames().toArray(String[]::new),
                        row.getChildren().stream()
                                .map(JavaTypes::typeInformation)
                                .toArray(TypeInformation<?>[]::new));
            }
            default ->
                    throw new ValidationException(
                            TypeMapping.unmapped(type, type.asSummaryString()));
        };
    }
}
