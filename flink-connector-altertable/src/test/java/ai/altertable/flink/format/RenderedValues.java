package ai.altertable.flink.format;

import ai.altertable.flink.format.RenderedScalars.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
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
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/** Random row types, and random rows of them with a line for each, in the forms of a server. */
final class RenderedValues {

    private static final int DEPTH = 3;

    private final Random random;
    private final RenderedScalars scalars;

    RenderedValues(Random random) {
        this.random = random;
        this.scalars = new RenderedScalars(random);
    }

    RowType rowType() {
        return rowType(1 + random.nextInt(8), DEPTH);
    }

    private RowType rowType(int fields, int depth) {
        return RowType.of(
                IntStream.range(0, fields).mapToObj(i -> type(depth)).toArray(LogicalType[]::new),
                IntStream.range(0, fields).mapToObj(i -> "f" + i).toArray(String[]::new));
    }

    private LogicalType type(int depth) {
        LogicalType type =
                switch (random.nextInt(depth > 0 ? 17 : 14)) {
                    case 0 -> new BooleanType();
                    case 1 -> new TinyIntType();
                    case 2 -> new SmallIntType();
                    case 3 -> new IntType();
                    case 4 -> new BigIntType();
                    case 5 -> new FloatType();
                    case 6 -> new DoubleType();
                    case 7 -> decimalType();
                    case 8 -> new DateType();
                    case 9 -> new TimeType(random.nextInt(10));
                    case 10 -> new TimestampType(random.nextInt(10));
                    case 11 -> new LocalZonedTimestampType(random.nextInt(10));
                    case 12 -> new VarBinaryType(VarBinaryType.MAX_LENGTH);
                    case 13 -> new VarCharType(VarCharType.MAX_LENGTH);
                    case 14 -> new ArrayType(type(depth - 1));
                    case 15 -> new MapType(keyType(), type(depth - 1));
                    default -> rowType(1 + random.nextInt(3), depth - 1);
                };
        return type.copy(!scalars.oneIn(4));
    }

    private LogicalType decimalType() {
        int precision = 1 + random.nextInt(38);
        return new DecimalType(precision, random.nextInt(precision + 1));
    }

    /** Not bytes: Java's arrays are not equal to each other, so a map cannot look them up. */
    private LogicalType keyType() {
        LogicalType type = type(0);
        return type instanceof VarBinaryType ? new BigIntType() : type;
    }

    /** A line, without its end, and the row that it is. */
    Cell row(RowType type) {
        return rowOf(type, scalars.oneIn(6));
    }

    private Cell cell(LogicalType type) {
        if (type.isNullable() && scalars.oneIn(6)) {
            return new Cell("null", null);
        }
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> scalars.ofBoolean();
            case TINYINT -> integer(8);
            case SMALLINT -> integer(16);
            case INTEGER -> integer(32);
            case BIGINT -> integer(64);
            case FLOAT -> scalars.ofFloat();
            case DOUBLE -> scalars.ofDouble();
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield scalars.ofDecimal(decimal.getPrecision(), decimal.getScale());
            }
            case DATE -> scalars.ofDate();
            case TIME_WITHOUT_TIME_ZONE -> scalars.ofTime(((TimeType) type).getPrecision());
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    scalars.ofTimestamp(((TimestampType) type).getPrecision(), false);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    scalars.ofTimestamp(((LocalZonedTimestampType) type).getPrecision(), true);
            case VARBINARY -> scalars.ofBytes();
            case VARCHAR -> scalars.ofText();
            case ARRAY -> array((ArrayType) type);
            case MAP -> map((MapType) type);
            default -> rowOf((RowType) type, scalars.oneIn(2));
        };
    }

    private Cell integer(int bits) {
        long value = scalars.integer(bits);
        Object boxed =
                switch (bits) {
                    case 8 -> (byte) value;
                    case 16 -> (short) value;
                    case 32 -> (int) value;
                    default -> value;
                };
        return new Cell(scalars.renderInteger(value), boxed);
    }

    private String joined(String open, List<String> parts, String close) {
        String blank = scalars.oneIn(8) ? scalars.oneOf(" ", "\t", "\r", "  ") : "";
        return open + blank + String.join(blank + "," + blank, parts) + blank + close;
    }

    private Cell array(ArrayType type) {
        List<Cell> cells =
                IntStream.range(0, random.nextInt(5))
                        .mapToObj(i -> cell(type.getElementType()))
                        .toList();
        return new Cell(
                joined("[", cells.stream().map(Cell::json).toList(), "]"),
                new GenericArrayData(cells.stream().map(Cell::value).toArray()));
    }

    private Cell map(MapType type) {
        Map<Object, Object> value = new LinkedHashMap<>();
        List<String> entries = new ArrayList<>();
        boolean asObject = scalars.oneIn(3);
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            Cell key = cell(type.getKeyType().copy(false));
            // Strict JSON has no half of a surrogate pair in a name.
            boolean noName = asObject && key.value().toString().contains("\uFFFD");
            if (noName || value.containsKey(key.value())) {
                continue;
            }
            Cell entry = cell(type.getValueType());
            value.put(key.value(), entry.value());
            entries.add(asObject ? name(key) + ":" + entry.json() : entry(key, entry));
        }
        return new Cell(
                asObject ? joined("{", entries, "}") : joined("[", entries, "]"),
                new GenericMapData(value));
    }

    /** JSON has only strings for names. */
    private static String name(Cell key) {
        String json = key.json();
        return json.startsWith("\"")
                ? json
                : '"' + json.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String entry(Cell key, Cell value) {
        String k = "\"key\":" + key.json();
        String v = "\"value\": " + value.json();
        return switch (random.nextInt(4)) {
            case 0 -> joined("{", List.of(k, v), "}");
            case 1 -> joined("{", List.of(v, k), "}");
            default -> joined("[", List.of(key.json(), value.json()), "]");
        };
    }

    private Cell rowOf(RowType type, boolean asObject) {
        List<String> names = type.getFieldNames();
        GenericRowData row = new GenericRowData(names.size());
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Cell cell = cell(type.getTypeAt(i));
            row.setField(i, cell.value());
            parts.add(asObject ? '"' + names.get(i) + "\":" + cell.json() : cell.json());
        }
        if (asObject) {
            Collections.shuffle(parts, random);
        }
        return new Cell(asObject ? joined("{", parts, "}") : joined("[", parts, "]"), row);
    }
}
