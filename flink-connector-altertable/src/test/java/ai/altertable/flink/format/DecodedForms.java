package ai.altertable.flink.format;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.junit.jupiter.params.provider.Arguments;

/** What servers may write for a value of each type, and what it is. */
final class DecodedForms {

    private DecodedForms() {}

    private static Arguments is(String type, String json, Object value) {
        return Arguments.of(type, json, value);
    }

    private static DecimalData decimal(String value, int precision, int scale) {
        return DecimalData.fromBigDecimal(new BigDecimal(value), precision, scale);
    }

    private static TimestampData timestamp(String value) {
        return TimestampData.fromLocalDateTime(LocalDateTime.parse(value));
    }

    private static TimestampData instant(String value) {
        return TimestampData.fromInstant(Instant.parse(value));
    }

    private static int day(int year, int month, int day) {
        return (int) LocalDate.of(year, month, day).toEpochDay();
    }

    private static int milli(String time) {
        return (int) (LocalTime.parse(time).toNanoOfDay() / 1_000_000);
    }

    private static StringData text(String value) {
        return StringData.fromString(value);
    }

    private static GenericMapData map(Object... keysAndValues) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new GenericMapData(map);
    }

    private static GenericArrayData array(Object... values) {
        return new GenericArrayData(values);
    }

    static final List<Arguments> NUMBERS =
            List.of(
                    is("TINYINT", "-128", (byte) -128),
                    is("TINYINT", "\"127\"", (byte) 127),
                    is("SMALLINT", "-32768", (short) -32768),
                    is("SMALLINT", "32767", (short) 32767),
                    is("INT", "-2147483648", Integer.MIN_VALUE),
                    is("INT", "\"2147483647\"", Integer.MAX_VALUE),
                    is("BIGINT", "-9223372036854775808", Long.MIN_VALUE),
                    is("BIGINT", "9223372036854775807", Long.MAX_VALUE),
                    is("BIGINT", "\"-9223372036854775807\"", -Long.MAX_VALUE),
                    is("BIGINT", "-0", 0L),
                    is("BIGINT", "5.0", 5L),
                    is("BIGINT", "1.5E2", 150L),
                    is("BIGINT", "\"007\"", 7L),
                    is("DECIMAL(4, 2)", "\"-12.34\"", decimal("-12.34", 4, 2)),
                    is("DECIMAL(4, 2)", "12.3", decimal("12.30", 4, 2)),
                    is("DECIMAL(4, 2)", "12.34000", decimal("12.34", 4, 2)),
                    is("DECIMAL(4, 2)", "99", decimal("99.00", 4, 2)),
                    is("DECIMAL(2, 2)", "\".50\"", decimal("0.50", 2, 2)),
                    is("DECIMAL(2, 2)", "\"-.99\"", decimal("-0.99", 2, 2)),
                    is("DECIMAL(2, 2)", "0", decimal("0.00", 2, 2)),
                    is("DECIMAL(4, 2)", "0e999999999", decimal("0.00", 4, 2)),
                    is(
                            "DECIMAL(18, 0)",
                            "\"-999999999999999999\"",
                            decimal("-999999999999999999", 18, 0)),
                    is(
                            "DECIMAL(20, 2)",
                            "1.2345678901234568E16",
                            decimal("12345678901234568.00", 20, 2)),
                    is(
                            "DECIMAL(38, 0)",
                            "\"99999999999999999999999999999999999999\"",
                            decimal("99999999999999999999999999999999999999", 38, 0)),
                    is(
                            "DECIMAL(38, 37)",
                            "-9.9999999999999999999999999999999999999",
                            decimal("-9.9999999999999999999999999999999999999", 38, 37)),
                    is("DOUBLE", "0.1", 0.1),
                    is("DOUBLE", "\"1e+16\"", 1e16),
                    is("DOUBLE", "1.7976931348623157E308", Double.MAX_VALUE),
                    is("DOUBLE", "\"5e-324\"", Double.MIN_VALUE),
                    is("DOUBLE", "-0.0", -0.0),
                    is("DOUBLE", "\"-0\"", -0.0),
                    is("DOUBLE", "9007199254740993", 9007199254740992.0),
                    is("DOUBLE", "\"NaN\"", Double.NaN),
                    is("DOUBLE", "\"nan\"", Double.NaN),
                    is("DOUBLE", "\"-nan\"", Double.NaN),
                    is("DOUBLE", "\"Infinity\"", Double.POSITIVE_INFINITY),
                    is("DOUBLE", "\"inf\"", Double.POSITIVE_INFINITY),
                    is("DOUBLE", "\"-inf\"", Double.NEGATIVE_INFINITY),
                    is("DOUBLE", "\"-Infinity\"", Double.NEGATIVE_INFINITY),
                    is("FLOAT", "0.1", 0.1f),
                    is("FLOAT", "0.10000000149011612", 0.1f),
                    is("FLOAT", "\"3.4028235e+38\"", Float.MAX_VALUE),
                    is("FLOAT", "1.4E-45", Float.MIN_VALUE),
                    // Just above the middle of two floats: rounded by way of a double it ties.
                    is("FLOAT", "1.00000005960464477540", 1.0000001f),
                    is("FLOAT", "\"-inf\"", Float.NEGATIVE_INFINITY),
                    is("FLOAT", "\"nan\"", Float.NaN),
                    is("BOOLEAN", "true", true),
                    is("BOOLEAN", "\"false\"", false));

    static final List<Arguments> TIMES =
            List.of(
                    is("DATE", "\"1970-01-01\"", 0),
                    is("DATE", "\"0001-01-01\"", day(1, 1, 1)),
                    is("DATE", "\"9999-12-31\"", day(9999, 12, 31)),
                    is("DATE", "\"2000-02-29\"", day(2000, 2, 29)),
                    is("DATE", "\"+12024-05-01\"", day(12024, 5, 1)),
                    is("DATE", "\"12024-05-01\"", day(12024, 5, 1)),
                    is("DATE", "\"-0043-03-15\"", day(-43, 3, 15)),
                    is("DATE", "\"0044-03-15 (BC)\"", day(-43, 3, 15)),
                    is("DATE", "\"5877642-06-25 (BC)\"", -Integer.MAX_VALUE + 1),
                    is("DATE", "\"5881580-07-10\"", Integer.MAX_VALUE - 1),
                    is("TIME(0)", "\"23:59:59.999\"", milli("23:59:59")),
                    is("TIME(3)", "\"00:00:00\"", 0),
                    is("TIME(3)", "\"13:45:00.1\"", milli("13:45:00.1")),
                    is("TIME(6)", "\"13:45:00.123456\"", milli("13:45:00.123")),
                    is("TIME(9)", "\"13:45:00.123999999\"", milli("13:45:00.123")),
                    is("TIMESTAMP(6)", "1714571100123456", timestamp("2024-05-01T13:45:00.123456")),
                    is("TIMESTAMP(6)", "\"-1\"", timestamp("1969-12-31T23:59:59.999999")),
                    is("TIMESTAMP(3)", "-1", timestamp("1969-12-31T23:59:59.999")),
                    is("TIMESTAMP(0)", "-1", timestamp("1969-12-31T23:59:59")),
                    is("TIMESTAMP(9)", "-1", timestamp("1969-12-31T23:59:59.999999999")),
                    is("TIMESTAMP(7)", "199", timestamp("1970-01-01T00:00:00.0000001")),
                    is("TIMESTAMP(6)", "1.5E1", timestamp("1970-01-01T00:00:00.000015")),
                    is("TIMESTAMP(6)", "\"2024-05-01T13:45:00\"", timestamp("2024-05-01T13:45")),
                    is(
                            "TIMESTAMP(9)",
                            "\"2024-05-01 13:45:00.123456789\"",
                            timestamp("2024-05-01T13:45:00.123456789")),
                    is(
                            "TIMESTAMP(6)",
                            "\"+12024-05-01T00:00:00.5\"",
                            timestamp("+12024-05-01T00:00:00.5")),
                    is(
                            "TIMESTAMP(6)",
                            "\"0044-03-15 (BC) 12:00:00\"",
                            timestamp("-0043-03-15T12:00:00")),
                    is("TIMESTAMP_LTZ(6)", "1000000", instant("1970-01-01T00:00:01Z")),
                    is(
                            "TIMESTAMP_LTZ(6)",
                            "\"2024-05-01T13:45:00.5Z\"",
                            instant("2024-05-01T13:45:00.5Z")),
                    is(
                            "TIMESTAMP_LTZ(6)",
                            "\"2024-05-01 13:45:00+05:30\"",
                            instant("2024-05-01T08:15:00Z")),
                    is(
                            "TIMESTAMP_LTZ(6)",
                            "\"2024-05-01 13:45:00-02\"",
                            instant("2024-05-01T15:45:00Z")));

    static final List<Arguments> TEXTS =
            List.of(
                    is("STRING", "\"\"", text("")),
                    is("STRING", "\"null\"", text("null")),
                    is("STRING", "\"é€\uD83D\uDE00\"", text("é€\uD83D\uDE00")),
                    is("STRING", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"", text("\"\\/\b\f\n\r\té")),
                    is("STRING", "\"\\u0000\\ud83d\\uDE00\"", text("\0\uD83D\uDE00")),
                    is("STRING", "\"a\\ud83d\"", text("a\uFFFD")),
                    is("STRING", "\"\\udc00\\ud800\\u0041\"", text("\uFFFD\uFFFDA")),
                    is("STRING", "\"{\\\"a\\\": 1}\"", text("{\"a\": 1}")),
                    is("STRING", "{\"a\": [1, \"]\"]}", text("{\"a\": [1, \"]\"]}")),
                    is("STRING", "[ 1 ]", text("[ 1 ]")),
                    is("STRING", "1.50", text("1.50")),
                    is("STRING", "true", text("true")),
                    is("CHAR(3)", "\"abc\"", text("abc")),
                    is("BYTES", "\"\"", new byte[0]),
                    is("BYTES", "\"00FFa0\"", new byte[] {0, -1, (byte) 0xA0}),
                    is("BINARY(1)", "\"7f\"", new byte[] {127}));

    static final List<Arguments> NESTED =
            List.of(
                    is("ARRAY<INT>", "[]", array()),
                    is("ARRAY<INT>", "[1,null , 3]", array(1, null, 3)),
                    is(
                            "ARRAY<ARRAY<STRING>>",
                            "[[],null,[\"]\"]]",
                            array(array(), null, array(text("]")))),
                    is("MAP<STRING, INT>", "[]", map()),
                    is("MAP<STRING, INT>", "{}", map()),
                    is(
                            "MAP<STRING, INT>",
                            "[[\"a\",1],[\"b\",null]]",
                            map(text("a"), 1, text("b"), null)),
                    is("MAP<STRING, INT>", "[{\"key\":\"a\",\"value\":1}]", map(text("a"), 1)),
                    is(
                            "MAP<STRING, INT>",
                            "[{\"value\":null,\"key\":\"a\"}]",
                            map(text("a"), null)),
                    is(
                            "MAP<STRING, INT>",
                            "{\"a\":1,\"key\":null}",
                            map(text("a"), 1, text("key"), null)),
                    is("MAP<INT, BOOLEAN>", "{\"-5\":true}", map(-5, true)),
                    is(
                            "MULTISET<STRING>",
                            "[[\"a\",2],[\"b\",1]]",
                            map(text("a"), 2, text("b"), 1)),
                    is("MAP<DATE, INT>", "{\"1970-01-02\":1}", map(1, 1)),
                    is("ROW<a INT, b STRING>", "[1,\"x\"]", GenericRowData.of(1, text("x"))),
                    is("ROW<a INT, b STRING>", "{\"b\":null,\"a\":1}", GenericRowData.of(1, null)),
                    is(
                            "ARRAY<ROW<m MAP<INT, ARRAY<INT>>>>",
                            "[[[[1,[null]],[2,null]]],[null],null]",
                            array(
                                    GenericRowData.of(map(1, array((Object) null), 2, null)),
                                    GenericRowData.of((Object) null),
                                    null)));
}
