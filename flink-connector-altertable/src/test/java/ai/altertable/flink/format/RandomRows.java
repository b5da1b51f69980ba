package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;

/** Seeded random schemas and rows: every type, nesting, NULLs, and the extremes of each type. */
final class RandomRows {

    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final long FIRST_MILLI = LocalDate.of(1, 1, 1).toEpochDay() * MILLIS_PER_DAY;
    private static final long LAST_MILLI =
            LocalDate.of(10_000, 1, 1).toEpochDay() * MILLIS_PER_DAY - 1;
    private static final long FIRST_NANO_MILLI =
            LocalDate.of(1678, 1, 1).toEpochDay() * MILLIS_PER_DAY;
    private static final long LAST_NANO_MILLI =
            LocalDate.of(2262, 1, 1).toEpochDay() * MILLIS_PER_DAY - 1;

    private final Random random;
    private final RandomTypes types;
    private boolean largeTexts;
    private boolean anyText = true;

    RandomRows(long seed, boolean bytes) {
        this.random = new Random(seed);
        this.types = new RandomTypes(random, bytes);
    }

    /** Texts without NUL and without bytes that are no UTF-8, for SQL. */
    RandomRows onlyTextsOfSql() {
        anyText = false;
        return this;
    }

    /** Now and then a text of a megabyte. */
    RandomRows withLargeTexts() {
        largeTexts = true;
        return this;
    }

    RowType rowType() {
        return types.rowType();
    }

    LogicalType type(int depth) {
        return types.type(depth);
    }

    RowData row(RowType type) {
        GenericRowData row = new GenericRowData(type.getFieldCount());
        for (int i = 0; i < type.getFieldCount(); i++) {
            row.setField(i, value(type.getTypeAt(i)));
        }
        return row;
    }

    Object value(LogicalType type) {
        return type.isNullable() && random.nextInt(6) == 0 ? null : present(type);
    }

    private Object present(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> (byte) pick(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> (short) pick(Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> (int) pick(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> pick(Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> randomFloat();
            case DOUBLE -> randomDouble();
            case DECIMAL -> decimal((DecimalType) type);
            case CHAR, VARCHAR -> text();
            case BINARY, VARBINARY -> {
                byte[] value = new byte[random.nextInt(20)];
                random.nextBytes(value);
                yield value;
            }
            case DATE ->
                    (int)
                            pick(
                                    LocalDate.of(1, 1, 1).toEpochDay(),
                                    LocalDate.of(9999, 12, 31).toEpochDay());
            case TIME_WITHOUT_TIME_ZONE -> {
                int unit = ((TimeType) type).getPrecision() == 0 ? 1_000 : 1;
                yield (int) pick(0, MILLIS_PER_DAY - 1) / unit * unit;
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE -> timestamp(((TimestampType) type).getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    timestamp(((LocalZonedTimestampType) type).getPrecision());
            case ARRAY -> array(((ArrayType) type).getElementType());
            case MAP -> map(((MapType) type).getKeyType(), ((MapType) type).getValueType());
            case MULTISET -> map(((MultisetType) type).getElementType(), new IntType(false));
            case ROW -> row((RowType) type);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    /** Often an end of the range, or zero, or a number of random length. */
    private long pick(long min, long max) {
        long value =
                switch (random.nextInt(8)) {
                    case 0 -> min;
                    case 1 -> max;
                    case 2 -> 0;
                    case 3 -> -1;
                    default -> random.nextLong() >> random.nextInt(64);
                };
        return Math.max(min, Math.min(max, value));
    }

    private float randomFloat() {
        return switch (random.nextInt(10)) {
            case 0 -> Float.NaN;
            case 1 -> Float.POSITIVE_INFINITY;
            case 2 -> Float.NEGATIVE_INFINITY;
            case 3 -> -0.0f;
            case 4 -> random.nextBoolean() ? Float.MIN_VALUE : Float.MAX_VALUE;
            case 5 -> random.nextInt(1000) / 10f;
            default -> Float.intBitsToFloat(random.nextInt());
        };
    }

    private double randomDouble() {
        return switch (random.nextInt(10)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> -0.0;
            case 4 -> random.nextBoolean() ? Double.MIN_VALUE : Double.MAX_VALUE;
            case 5 -> random.nextInt(1000) / 10.0;
            default -> Double.longBitsToDouble(random.nextLong());
        };
    }

    private DecimalData decimal(DecimalType type) {
        BigInteger limit = BigInteger.TEN.pow(type.getPrecision());
        BigInteger unscaled =
                switch (random.nextInt(5)) {
                    case 0 -> limit.subtract(BigInteger.ONE);
                    case 1 -> limit.subtract(BigInteger.ONE).negate();
                    case 2 -> BigInteger.valueOf(random.nextInt(3) - 1);
                    default -> new BigInteger(random.nextInt(128), random).remainder(limit);
                };
        BigDecimal value = new BigDecimal(unscaled, type.getScale());
        return DecimalData.fromBigDecimal(
                random.nextBoolean() ? value : value.negate(),
                type.getPrecision(),
                type.getScale());
    }

    private TimestampData timestamp(int precision) {
        long milli =
                precision > 6
                        ? pick(FIRST_NANO_MILLI, LAST_NANO_MILLI)
                        : pick(FIRST_MILLI, LAST_MILLI);
        if (precision < 3) {
            milli = Math.floorDiv(milli, 1_000) * 1_000;
        }
        int nano = random.nextBoolean() ? 999_999 : random.nextInt(1_000_000);
        int unit = precision <= 3 ? 1_000_000 : precision <= 6 ? 1_000 : 1;
        return TimestampData.fromEpochMillis(milli, nano / unit * unit);
    }

    private StringData text() {
        if (largeTexts && random.nextInt(200) == 0) {
            return StringData.fromString(characters(500_000 + random.nextInt(500_000)));
        }
        if (anyText && random.nextInt(10) == 0) {
            byte[] noUtf8 = new byte[random.nextInt(20)];
            random.nextBytes(noUtf8);
            return StringData.fromBytes(noUtf8);
        }
        if (anyText && random.nextInt(20) == 0) {
            // A lone surrogate as some programs write it: three bytes that are no UTF-8.
            return StringData.fromBytes(new byte[] {'a', (byte) 0xed, (byte) 0xa0, (byte) 0x80});
        }
        byte[] utf8 = characters(random.nextInt(40)).getBytes(UTF_8);
        if (random.nextBoolean()) {
            byte[] inside = new byte[utf8.length + 9];
            System.arraycopy(utf8, 0, inside, 5, utf8.length);
            return StringData.fromBytes(inside, 5, utf8.length);
        }
        return StringData.fromBytes(utf8);
    }

    private String characters(int count) {
        StringBuilder text = new StringBuilder();
        int kind = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            text.appendCodePoint(
                    switch (kind == 4 ? random.nextInt(4) : kind) {
                        case 0 -> ' ' + random.nextInt(95);
                        case 1 -> random.nextInt(5) == 0 ? control() : 'a';
                        case 2 -> anyPlane();
                        default -> "\"\\/\u007f\u0080\u07ff\u0800\uffff".charAt(random.nextInt(8));
                    });
        }
        return text.toString();
    }

    private int control() {
        return anyText ? random.nextInt(32) : 1 + random.nextInt(31);
    }

    private int anyPlane() {
        int point;
        do {
            point = random.nextInt(0x110000);
        } while (point == 0 || point >= 0xd800 && point <= 0xdfff);
        return point;
    }

    private GenericArrayData array(LogicalType elementType) {
        Object[] elements = new Object[random.nextInt(4)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = value(elementType);
        }
        return new GenericArrayData(elements);
    }

    /** Keys that are different for DuckDB as well: it holds both zeros for one, and all NaNs. */
    private GenericMapData map(LogicalType keyType, LogicalType valueType) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        Set<Object> seen = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Object key = present(keyType);
            Object same = PlainValue.of(key, keyType);
            same = same instanceof Double number ? (Object) (number + 0.0) : same;
            same = same instanceof Float number ? (Object) (number + 0.0f) : same;
            if (seen.add(same)) {
                entries.put(key, value(valueType));
            }
        }
        return new GenericMapData(entries);
    }
}
