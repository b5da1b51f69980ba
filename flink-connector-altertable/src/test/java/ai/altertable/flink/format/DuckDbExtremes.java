package ai.altertable.flink.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;

/** The ends of what DuckDB's types hold, how the source selects them, and what they are here. */
final class DuckDbExtremes {

    /** Values of one type; each has a literal of SQL and its counterpart in Flink. */
    record Column(
            String type,
            String select,
            String flinkType,
            List<String> literals,
            List<Object> values) {

        Column value(String literal, Object value) {
            literals.add(literal);
            values.add(value);
            return this;
        }

        @Override
        public String toString() {
            return type + " as " + select;
        }
    }

    private DuckDbExtremes() {}

    private static final String AS_TEXT = "CAST(c AS VARCHAR)";

    private static Column column(String type, String select, String flinkType) {
        return new Column(type, select, flinkType, new ArrayList<>(), new ArrayList<>())
                .value("NULL", null);
    }

    private static DecimalData decimal(String value, int precision, int scale) {
        return DecimalData.fromBigDecimal(new BigDecimal(value), precision, scale);
    }

    private static int day(int year, int month, int day) {
        return (int) LocalDate.of(year, month, day).toEpochDay();
    }

    private static int milli(String time) {
        return (int) (LocalTime.parse(time).toNanoOfDay() / 1_000_000);
    }

    private static TimestampData timestamp(String value) {
        return TimestampData.fromLocalDateTime(LocalDateTime.parse(value));
    }

    private static StringData text(String value) {
        return StringData.fromString(value);
    }

    private static GenericArrayData array(Object... values) {
        return new GenericArrayData(values);
    }

    private static GenericMapData map(Object... keysAndValues) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new GenericMapData(map);
    }

    private static Column dates(String select) {
        return column("DATE", select, "DATE")
                .value("'0001-01-01'", day(1, 1, 1))
                .value("'9999-12-31'", day(9999, 12, 31))
                .value("'12024-05-01'", day(12024, 5, 1))
                .value("'0044-03-15 (BC)'", day(-43, 3, 15))
                .value("'5881580-07-10'", day(5881580, 7, 10))
                .value("'5877642-06-25 (BC)'", day(-5877641, 6, 25));
    }

    private static Column times(String select) {
        return column("TIME", select, "TIME(3)")
                .value("'00:00:00'", 0)
                .value("'23:59:59.999'", milli("23:59:59.999"))
                .value("'12:34:56.789999'", milli("12:34:56.789"));
    }

    private static Column doubles(String select) {
        return column("DOUBLE", select, "DOUBLE")
                .value("1.7976931348623157e308", Double.MAX_VALUE)
                .value("5e-324", Double.MIN_VALUE)
                .value("2.2250738585072014e-308", Double.MIN_NORMAL)
                .value("'-0.0'", -0.0)
                .value("0.1", 0.1)
                .value("1e16", 1e16)
                .value("9007199254740993", 9007199254740992.0);
    }

    private static Column integers(String type, String flinkType, Object min, Object max) {
        return column(type, "c", flinkType).value("'" + min + "'", min).value("'" + max + "'", max);
    }

    private static Column wide(String type, String flinkType, int precision, BigInteger... ends) {
        Column column = column(type, AS_TEXT, flinkType);
        for (BigInteger end : ends) {
            column.value("'" + end + "'", decimal(end.toString(), precision, 0));
        }
        return column;
    }

    private static Column timestamps(String select) {
        return column("TIMESTAMP", select, "TIMESTAMP(6)")
                .value("'1970-01-01'", timestamp("1970-01-01T00:00:00"))
                .value("'1969-12-31 23:59:59.999999'", timestamp("1969-12-31T23:59:59.999999"))
                .value("'9999-12-31 23:59:59.999999'", timestamp("9999-12-31T23:59:59.999999"))
                .value("'12024-05-01 00:00:00.5'", timestamp("+12024-05-01T00:00:00.5"))
                .value("'0044-03-15 (BC) 12:00:00'", timestamp("-0043-03-15T12:00:00"))
                .value(
                        "'294247-01-10 04:00:54.775806'",
                        timestamp("+294247-01-10T04:00:54.775806"));
    }

    private static Column instants(String select) {
        return column("TIMESTAMPTZ", select, "TIMESTAMP_LTZ(6)")
                .value(
                        "'2024-05-01 12:00:00.000001+02'",
                        TimestampData.fromInstant(Instant.parse("2024-05-01T10:00:00.000001Z")))
                .value(
                        "'1900-01-01 00:00:00+00'",
                        TimestampData.fromInstant(Instant.parse("1900-01-01T00:00:00Z")));
    }

    static final List<Column> ALL =
            List.of(
                    integers("TINYINT", "TINYINT", (byte) -128, (byte) 127),
                    integers("SMALLINT", "SMALLINT", (short) -32768, (short) 32767),
                    integers("INTEGER", "INT", Integer.MIN_VALUE, Integer.MAX_VALUE),
                    integers("BIGINT", "BIGINT", Long.MIN_VALUE, Long.MAX_VALUE),
                    integers("UTINYINT", "SMALLINT", (short) 0, (short) 255),
                    integers("UINTEGER", "BIGINT", 0L, 4294967295L),
                    integers("BOOLEAN", "BOOLEAN", false, true),
                    wide(
                            "UBIGINT",
                            "DECIMAL(20, 0)",
                            20,
                            BigInteger.ZERO,
                            new BigInteger("18446744073709551615")),
                    wide(
                            "HUGEINT",
                            "DECIMAL(38, 0)",
                            38,
                            BigInteger.TEN.pow(38).subtract(BigInteger.ONE),
                            BigInteger.ONE.subtract(BigInteger.TEN.pow(38))),
                    column("DECIMAL(38, 38)", AS_TEXT, "DECIMAL(38, 38)")
                            .value(
                                    "'0." + "9".repeat(38) + "'",
                                    decimal("0." + "9".repeat(38), 38, 38))
                            .value("-1e-38", decimal("-1e-38", 38, 38))
                            .value("0", decimal("0", 38, 38)),
                    column("DECIMAL(2, 2)", AS_TEXT, "DECIMAL(2, 2)")
                            .value("0.5", decimal("0.5", 2, 2))
                            .value("-0.99", decimal("-0.99", 2, 2)),
                    column("DECIMAL(18, 3)", AS_TEXT, "DECIMAL(18, 3)")
                            .value("999999999999999.999", decimal("999999999999999.999", 18, 3))
                            .value("-0.001", decimal("-0.001", 18, 3)),
                    column("DECIMAL(38, 10)", AS_TEXT, "DECIMAL(38, 10)")
                            .value(
                                    "'-9999999999999999999999999999.9999999999'",
                                    decimal("-9999999999999999999999999999.9999999999", 38, 10)),
                    // As a number, which the server passes through a double: exact up to there.
                    column("DECIMAL(15, 2)", "c", "DECIMAL(15, 2)")
                            .value("9999999999999.99", decimal("9999999999999.99", 15, 2))
                            .value("-0.05", decimal("-0.05", 15, 2)),
                    doubles("c"),
                    doubles(AS_TEXT)
                            .value("'nan'", Double.NaN)
                            .value("'inf'", Double.POSITIVE_INFINITY)
                            .value("'-inf'", Double.NEGATIVE_INFINITY),
                    column("FLOAT", AS_TEXT, "FLOAT")
                            .value("3.4028234663852886e38", Float.MAX_VALUE)
                            .value("1e-45", Float.MIN_VALUE)
                            .value("0.1", 0.1f)
                            .value("-'nan'::FLOAT", Float.NaN)
                            .value("'-inf'", Float.NEGATIVE_INFINITY),
                    dates("c"),
                    dates(AS_TEXT),
                    times("c"),
                    times(AS_TEXT),
                    timestamps("epoch_us(c)"),
                    timestamps("c"),
                    timestamps(AS_TEXT),
                    instants("epoch_us(c)"),
                    instants("c"),
                    instants(AS_TEXT),
                    column("TIMESTAMP_NS", "epoch_ns(c)", "TIMESTAMP(9)")
                            .value(
                                    "'2024-05-01 12:00:00.123456789'",
                                    timestamp("2024-05-01T12:00:00.123456789"))
                            .value(
                                    "'1969-12-31 23:59:59.999999999'",
                                    timestamp("1969-12-31T23:59:59.999999999")),
                    column("BLOB", "hex(c)", "BYTES")
                            .value("''", new byte[0])
                            .value("'\\x00\\xFF\\x7F'::BLOB", new byte[] {0, -1, 127}),
                    column("VARCHAR", "c", "STRING")
                            .value("''", text(""))
                            .value("'\"\\/' || chr(10) || chr(9) || chr(1)", text("\"\\/\n\t\1"))
                            .value("repeat('é', 500000)", text("é".repeat(500_000))),
                    column("JSON", AS_TEXT, "STRING")
                            .value("'{\"a\": [1, null]}'", text("{\"a\": [1, null]}"))
                            .value("'\"x\"'", text("\"x\"")),
                    column("JSON", "c", "STRING")
                            .value("'{\"a\":[1,null]}'", text("{\"a\":[1,null]}")),
                    column("UUID", AS_TEXT, "STRING")
                            .value(
                                    "'00000000-0000-0000-0000-00000000000f'",
                                    text("00000000-0000-0000-0000-00000000000f")),
                    column(
                                    "DECIMAL(38, 1)[]",
                                    "list_transform(c, lambda x : CAST(x AS VARCHAR))",
                                    "ARRAY<DECIMAL(38, 1)>")
                            .value("[]", array())
                            .value(
                                    "[NULL, 1.5,"
                                        + " '9999999999999999999999999999999999999.9'::DECIMAL(38,"
                                        + " 1)]",
                                    array(
                                            null,
                                            decimal("1.5", 38, 1),
                                            decimal("9".repeat(37) + ".9", 38, 1))),
                    column("MAP(INTEGER, VARCHAR)", "map_entries(c)", "MAP<INT, STRING>")
                            .value("MAP {}", map())
                            .value("MAP {1: 'a', 2: NULL}", map(1, text("a"), 2, null)),
                    // Servers drop its null values: that is why entries are selected.
                    column("MAP(VARCHAR, INTEGER)", "c", "MAP<STRING, INT>")
                            .value("MAP {'a': 1}", map(text("a"), 1)),
                    column(
                                    "STRUCT(a INTEGER, b STRUCT(c VARCHAR, d DATE[]))",
                                    "c",
                                    "ROW<a INT, b ROW<c STRING, d ARRAY<DATE>>>")
                            .value(
                                    "{'a': 1, 'b': {'c': 'x', 'd': ['1970-01-02'::DATE, NULL]}}",
                                    GenericRowData.of(
                                            1, GenericRowData.of(text("x"), array(1, null))))
                            .value(
                                    "{'a': NULL, 'b': NULL}",
                                    GenericRowData.of(null, (Object) null)));
}
