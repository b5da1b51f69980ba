package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;

/**
 * The only place where names and values become SQL. Values are Flink's internal ones, as a {@link
 * RowData} holds them, and every literal has exactly the type to which {@link TypeMapping} maps
 * Flink's type, so that what it means does not depend on where it stands.
 */
public final class SqlText {

    /** The longest text of a date or a time, and what {@link Digits} may overwrite behind it. */
    private static final int MAX_TEXT = DateText.MAX_TIMESTAMP + 8;

    private SqlText() {}

    /** Always quoted: no word of today's or tomorrow's SQL can be in the way. */
    public static String identifier(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an identifier is empty");
        }
        return '"' + withoutNul(name).replace("\"", "\"\"") + '"';
    }

    /** {@code "catalog"."schema"."table"} */
    public static String qualified(String... names) {
        return Arrays.stream(names).map(SqlText::identifier).collect(Collectors.joining("."));
    }

    /** A text in single quotes, without a type of its own. */
    public static String quoted(String text) {
        return "'" + wellFormed(withoutNul(text)).replace("'", "''") + "'";
    }

    /** A literal of exactly the mapped type; a null is a NULL of that type. */
    public static String literal(Object value, LogicalType type) {
        String ddl = TypeMapping.ddl(type);
        if (value == null) {
            return cast("NULL", ddl);
        }
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> (Boolean) value ? "TRUE" : "FALSE";
            case BINARY, VARBINARY -> "from_hex(" + quoted(hex((byte[]) value)) + ")";
            case ARRAY -> cast(list((ArrayData) value, ((ArrayType) type).getElementType()), ddl);
            case MAP -> {
                MapType map = (MapType) type;
                yield cast(map((MapData) value, map.getKeyType(), map.getValueType()), ddl);
            }
            case MULTISET -> {
                LogicalType element = ((MultisetType) type).getElementType();
                yield cast(map((MapData) value, element, new IntType()), ddl);
            }
            case ROW -> cast(struct((RowData) value, (RowType) type), ddl);
            default -> cast(quoted(text(value, type)), ddl);
        };
    }

    /**
     * The text that DuckDB casts to the mapped type as this very value, for lists of values that
     * are cast once per column. Only for types without parts.
     */
    public static String text(Object value, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, CHAR, VARCHAR ->
                    value.toString();
            case DECIMAL -> ((DecimalData) value).toBigDecimal().toPlainString();
            case BINARY, VARBINARY -> blobText((byte[]) value);
            case DATE -> {
                byte[] text = new byte[MAX_TEXT];
                yield string(text, DateText.date(text, 0, (Integer) value));
            }
            case TIME_WITHOUT_TIME_ZONE -> {
                byte[] text = new byte[MAX_TEXT];
                yield string(text, DateText.time(text, 0, (Integer) value, 0, 3));
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    timestamp((TimestampData) value, ((TimestampType) type).getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp((TimestampData) value, 6) + "Z";
            default -> throw new IllegalArgumentException("no text for " + type);
        };
    }

    private static String timestamp(TimestampData value, int precision) {
        byte[] text = new byte[MAX_TEXT];
        int end =
                DateText.timestamp(
                        text,
                        0,
                        value.getMillisecond(),
                        value.getNanoOfMillisecond(),
                        precision > 6 ? 9 : 6);
        return string(text, end);
    }

    private static String string(byte[] text, int length) {
        return new String(text, 0, length, US_ASCII);
    }

    private static String list(ArrayData array, LogicalType elementType) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(elementType);
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            elements.add(literal(getter.getElementOrNull(array, i), elementType));
        }
        return "[" + String.join(", ", elements) + "]";
    }

    private static String map(MapData map, LogicalType key, LogicalType value) {
        return "MAP(" + list(map.keyArray(), key) + ", " + list(map.valueArray(), value) + ")";
    }

    private static String struct(RowData row, RowType type) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < type.getFieldCount(); i++) {
            LogicalType fieldType = type.getTypeAt(i);
            Object value = RowData.createFieldGetter(fieldType, i).getFieldOrNull(row);
            fields.add(field(type.getFieldNames().get(i), literal(value, fieldType)));
        }
        return "struct_pack(" + String.join(", ", fields) + ")";
    }

    /** A named argument of struct_pack. */
    static String field(String name, String expression) {
        return identifier(name) + " := " + expression;
    }

    /** A field of a struct: not {@code a.b}, which could as well be a column of a table. */
    public static String part(String struct, String field) {
        return "struct_extract(" + struct + ", " + quoted(field) + ")";
    }

    public static String cast(String expression, String type) {
        return "CAST(" + expression + " AS " + type + ")";
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** Every byte escaped, the printable ones too. */
    private static String blobText(byte[] bytes) {
        return bytes.length == 0
                ? ""
                : "\\x" + HexFormat.ofDelimiter("\\x").withUpperCase().formatHex(bytes);
    }

    /** DuckDB's parser ends at a NUL, so what follows would be lost. */
    private static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a text with a NUL character cannot stand in SQL");
        }
        return text;
    }

    /** Half a surrogate pair is no UTF-8; the same character stands for it as in encoded rows. */
    private static String wellFormed(String text) {
        StringBuilder result = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            result = result == null ? new StringBuilder(text) : result;
            result.setCharAt(i, '\ufffd');
        }
        return result == null ? text : result.toString();
    }
}
