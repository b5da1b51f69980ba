package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * Values from both sides in a form that can be compared exactly: what Flink holds, and what DuckDB
 * gives for the expressions of {@link TypeMapping#selectItems}. Built from {@code java.time} and
 * {@code java.math} alone, so that it shares no code with what it checks.
 */
final class PlainValue {

    private PlainValue() {}

    /** From Flink's internal value. */
    static Object of(Object value, LogicalType type) {
        if (value == null) {
            return null;
        }
        return switch (type.getTypeRoot()) {
            case BOOLEAN, FLOAT, DOUBLE -> value;
            case TINYINT, SMALLINT, INTEGER, BIGINT -> ((Number) value).longValue();
            case DECIMAL -> ((DecimalData) value).toBigDecimal();
            case CHAR, VARCHAR -> new String(((StringData) value).toBytes(), UTF_8);
            case BINARY, VARBINARY -> HexFormat.of().withUpperCase().formatHex((byte[]) value);
            case DATE -> LocalDate.ofEpochDay((Integer) value);
            case TIME_WITHOUT_TIME_ZONE -> LocalTime.ofNanoOfDay((Integer) value * 1_000_000L);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    ((TimestampData) value).toInstant();
            case ARRAY -> list((ArrayData) value, ((ArrayType) type).getElementType());
            case MAP -> {
                MapType map = (MapType) type;
                yield map((MapData) value, map.getKeyType(), map.getValueType());
            }
            case MULTISET ->
                    map((MapData) value, ((MultisetType) type).getElementType(), new IntType());
            case ROW -> row((RowData) value, (RowType) type);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    static List<Object> row(RowData row, RowType type) {
        List<Object> fields = new ArrayList<>();
        for (int i = 0; i < type.getFieldCount(); i++) {
            LogicalType fieldType = type.getTypeAt(i);
            fields.add(of(RowData.createFieldGetter(fieldType, i).getFieldOrNull(row), fieldType));
        }
        return fields;
    }

    private static List<Object> list(ArrayData array, LogicalType elementType) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            elements.add(of(getter.getElementOrNull(array, i), elementType));
        }
        return elements;
    }

    private static Map<Object, Object> map(MapData map, LogicalType key, LogicalType value) {
        List<Object> keys = list(map.keyArray(), key);
        List<Object> values = list(map.valueArray(), value);
        Map<Object, Object> entries = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            entries.put(keys.get(i), values.get(i));
        }
        return entries;
    }

    /** From DuckDB's driver. */
    static Object ofSelected(Object value, LogicalType type) throws SQLException {
        if (value == null) {
            return null;
        }
        switch (type.getTypeRoot()) {
            case ARRAY -> {
                return selectedList(value, ((ArrayType) type).getElementType());
            }
            case MAP -> {
                MapType map = (MapType) type;
                return selectedMap(value, map.getKeyType(), map.getValueType());
            }
            case MULTISET -> {
                return selectedMap(value, ((MultisetType) type).getElementType(), new IntType());
            }
            case ROW -> {
                Object[] attributes = ((Struct) value).getAttributes();
                List<Object> fields = new ArrayList<>();
                for (int i = 0; i < attributes.length; i++) {
                    fields.add(ofSelected(attributes[i], ((RowType) type).getTypeAt(i)));
                }
                return fields;
            }
            default -> {
                return selectedScalar(value, type);
            }
        }
    }

    private static Object selectedScalar(Object value, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> value;
            case CHAR, VARCHAR, BINARY, VARBINARY -> (String) value;
            case TINYINT, SMALLINT, INTEGER, BIGINT -> ((Number) value).longValue();
            case FLOAT -> Float.parseFloat(number((String) value));
            case DOUBLE -> Double.parseDouble(number((String) value));
            case DECIMAL -> new BigDecimal((String) value);
            case DATE -> LocalDate.parse((String) value);
            case TIME_WITHOUT_TIME_ZONE -> LocalTime.parse((String) value);
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    instant((Long) value, ((TimestampType) type).getPrecision() > 6);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> instant((Long) value, false);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static String number(String text) {
        return switch (text) {
            case "nan" -> "NaN";
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            default -> text;
        };
    }

    private static Instant instant(long value, boolean nanos) {
        long perSecond = nanos ? 1_000_000_000 : 1_000_000;
        long fraction = Math.floorMod(value, perSecond);
        return Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), nanos ? fraction : fraction * 1_000);
    }

    private static List<Object> selectedList(Object value, LogicalType elementType)
            throws SQLException {
        List<Object> elements = new ArrayList<>();
        for (Object element : (Object[]) ((Array) value).getArray()) {
            elements.add(ofSelected(element, elementType));
        }
        return elements;
    }

    private static Map<Object, Object> selectedMap(Object value, LogicalType key, LogicalType item)
            throws SQLException {
        Map<Object, Object> entries = new HashMap<>();
        for (Object element : (Object[]) ((Array) value).getArray()) {
            Object[] entry = ((Struct) element).getAttributes();
            entries.put(ofSelected(entry[0], key), ofSelected(entry[1], item));
        }
        return entries;
    }
}
