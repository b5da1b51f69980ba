package ai.altertable.flink.format;

import ai.altertable.flink.format.ReferenceJson.Literal;
import ai.altertable.flink.format.ReferenceJson.Raw;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * The same rules as {@link RowDecoder}'s, written a second time: a tree of JSON, converted with
 * java.time and BigDecimal, slowly and without a thought for speed. What is no row throws.
 */
final class ReferenceDecoder {

    static final class NotARow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotARow(String reason) {
            super(reason);
        }
    }

    private ReferenceDecoder() {}

    static GenericRowData row(ReferenceJson json, RowType type) {
        return (GenericRowData) struct(json, type);
    }

    private static Object value(ReferenceJson json, LogicalType type) {
        if (json instanceof Literal l && l.text().equals("null") && !l.quoted()) {
            require(type.isNullable());
            return null;
        }
        return switch (type.getTypeRoot()) {
            case ARRAY -> array(json, ((ArrayType) type).getElementType());
            case MAP -> map(json, (MapType) type);
            case ROW -> struct(json, (RowType) type);
            case VARCHAR -> string(json);
            default -> {
                require(json instanceof Literal);
                Literal literal = (Literal) json;
                yield literal(literal.text(), literal.quoted(), type);
            }
        };
    }

    static void require(boolean condition) {
        if (!condition) {
            throw new NotARow("required");
        }
    }

    private static Object string(ReferenceJson json) {
        String text = json instanceof Literal l ? l.text() : ((Raw) json).raw();
        // Java's encoder puts a question mark for half a pair: so first to code points.
        StringBuilder repaired = new StringBuilder();
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .forEach(repaired::appendCodePoint);
        return StringData.fromBytes(repaired.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Object literal(String text, boolean quoted, LogicalType type) {
        boolean name = text.equals("true") || text.equals("false");
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> {
                require(name);
                yield text.equals("true");
            }
            case TINYINT -> number(text).byteValueExact();
            case SMALLINT -> number(text).shortValueExact();
            case INTEGER -> number(text).intValueExact();
            case BIGINT -> number(text).longValueExact();
            case DECIMAL -> decimal(number(text), (DecimalType) type);
            case FLOAT -> floating(text, quoted, true);
            case DOUBLE -> floating(text, quoted, false);
            case DATE -> Math.toIntExact(date(text).toEpochDay());
            case TIME_WITHOUT_TIME_ZONE -> {
                LocalTime time = time(text);
                long digits = Math.min(3, ((TimeType) type).getPrecision());
                long unit = (long) Math.pow(10, 9 - digits);
                yield (int) (time.toNanoOfDay() / unit * unit / 1_000_000);
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    timestamp(text, ((TimestampType) type).getPrecision(), false);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    timestamp(text, ((LocalZonedTimestampType) type).getPrecision(), true);
            case VARBINARY -> {
                require(quoted);
                yield HexFormat.of().parseHex(text);
            }
            default -> throw new IllegalStateException(type.toString());
        };
    }

    private static boolean isNumber(String text) {
        return text.length() <= 1000 && text.matches("-?([0-9]*\\.)?[0-9]+([eE][+-]?[0-9]+)?");
    }

    /** Without a power of ten that would take all memory when it is asked for its digits. */
    private static BigDecimal number(String text) {
        require(isNumber(text));
        BigDecimal number = new BigDecimal(text);
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        require(Math.abs((long) number.scale()) < 2000);
        return number;
    }

    private static DecimalData decimal(BigDecimal number, DecimalType type) {
        BigDecimal scaled = number.setScale(type.getScale());
        require(scaled.precision() <= type.getPrecision());
        return DecimalData.fromBigDecimal(scaled, type.getPrecision(), type.getScale());
    }

    private static Object floating(String text, boolean quoted, boolean isFloat) {
        if (quoted && !isNumber(text)) {
            String name = text.toLowerCase(Locale.ROOT);
            require(name.matches("-?nan|[+-]?inf|[+-]?infinity"));
            String java =
                    name.contains("nan") ? "NaN" : name.charAt(0) == '-' ? "-Infinity" : "Infinity";
            return isFloat ? (Object) Float.valueOf(java) : (Object) Double.valueOf(java);
        }
        require(isNumber(text));
        if (isFloat) {
            require(!Float.isInfinite(Float.parseFloat(text)));
            return Float.parseFloat(text);
        }
        require(!Double.isInfinite(Double.parseDouble(text)));
        return Double.parseDouble(text);
    }

    /** Into the spelling of ISO 8601, which java.time then judges. */
    private static LocalDate date(String text) {
        boolean bc = text.endsWith(" (BC)");
        String rest = bc ? text.substring(0, text.length() - 5) : text;
        boolean signed = rest.startsWith("-") || rest.startsWith("+");
        boolean negative = rest.startsWith("-");
        rest = signed ? rest.substring(1) : rest;
        int dash = rest.indexOf('-');
        require(dash >= 4 && dash <= 9 && rest.substring(0, dash).matches("[0-9]+"));
        int year = Integer.parseInt(rest.substring(0, dash));
        require(!bc || (!signed && year > 0));
        year = bc ? 1 - year : negative ? -year : year;
        String sign = year < 0 ? "-" : year > 9999 ? "+" : "";
        return LocalDate.parse(sign + "%04d".formatted(Math.abs(year)) + rest.substring(dash));
    }

    private static LocalTime time(String text) {
        require(text.length() >= 8 && !text.endsWith("."));
        return LocalTime.parse(text);
    }

    private static Object timestamp(String text, int precision, boolean zoned) {
        Instant instant = isNumber(text) ? ofEpoch(text, precision) : ofText(text, zoned);
        long unit = (long) Math.pow(10, 9 - precision);
        return TimestampData.fromInstant(
                instant.minusNanos(Math.floorMod((long) instant.getNano(), unit)));
    }

    private static Instant ofEpoch(String text, int precision) {
        long number = number(text).longValueExact();
        require(number != Long.MAX_VALUE && number != -Long.MAX_VALUE);
        long perSecond = precision > 6 ? 1_000_000_000 : 1_000_000;
        return Instant.ofEpochSecond(
                Math.floorDiv(number, perSecond),
                Math.floorMod(number, perSecond) * (1_000_000_000 / perSecond));
    }

    private static Instant ofText(String text, boolean zoned) {
        int colon = text.indexOf(':');
        require(colon >= 3);
        String date = text.substring(0, colon - 3);
        require(text.charAt(colon - 3) == 'T' || text.charAt(colon - 3) == ' ');
        String time = text.substring(colon - 2);
        ZoneOffset offset = ZoneOffset.UTC;
        if (zoned) {
            int zone = Math.max(time.indexOf('Z'), Math.max(time.indexOf('+'), time.indexOf('-')));
            require(zone > 0 && time.substring(zone).length() != 2);
            offset = ZoneOffset.of(time.substring(zone));
            time = time.substring(0, zone);
        }
        return LocalDateTime.of(date(date), time(time)).toInstant(offset);
    }

    private static Object array(ReferenceJson json, LogicalType element) {
        List<Object> values = new ArrayList<>();
        for (ReferenceJson child : ((ReferenceJson.Array) json).values()) {
            values.add(value(child, element));
        }
        return new GenericArrayData(values.toArray());
    }

    private static Object map(ReferenceJson json, MapType type) {
        Map<Object, Object> map = new LinkedHashMap<>();
        int size;
        if (json instanceof ReferenceJson.Obj object) {
            size = object.names().size();
            for (int i = 0; i < size; i++) {
                ReferenceJson key = new Literal(object.names().get(i), true);
                put(map, key, object.values().get(i), type);
            }
        } else {
            List<ReferenceJson> entries = ((ReferenceJson.Array) json).values();
            size = entries.size();
            for (ReferenceJson entry : entries) {
                if (entry instanceof ReferenceJson.Obj o) {
                    require(o.names().size() == 2 && o.names().contains("value"));
                    int key = o.names().indexOf("key");
                    put(map, o.values().get(key), o.values().get(1 - key), type);
                } else {
                    List<ReferenceJson> pair = ((ReferenceJson.Array) entry).values();
                    require(pair.size() == 2);
                    put(map, pair.get(0), pair.get(1), type);
                }
            }
        }
        require(map.size() == size);
        return new GenericMapData(map);
    }

    private static void put(
            Map<Object, Object> map, ReferenceJson key, ReferenceJson value, MapType type) {
        map.put(value(key, type.getKeyType().copy(false)), value(value, type.getValueType()));
    }

    private static Object struct(ReferenceJson json, RowType type) {
        List<ReferenceJson> values;
        if (json instanceof ReferenceJson.Obj object) {
            List<String> names = object.names();
            require(new HashSet<>(names).size() == names.size());
            require(new HashSet<>(names).equals(new HashSet<>(type.getFieldNames())));
            values =
                    type.getFieldNames().stream()
                            .map(name -> object.values().get(names.indexOf(name)))
                            .toList();
        } else {
            values = ((ReferenceJson.Array) json).values();
        }
        require(values.size() == type.getFieldCount());
        GenericRowData row = new GenericRowData(values.size());
        for (int i = 0; i < values.size(); i++) {
            row.setField(i, value(values.get(i), type.getTypeAt(i)));
        }
        return row;
    }
}
