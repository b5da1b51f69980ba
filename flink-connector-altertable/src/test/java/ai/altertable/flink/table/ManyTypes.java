package ai.altertable.flink.table;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A table with a column of every type that can be read, at least once over a column of another
 * type, that holds whatever may be compared differently here and there.
 */
final class ManyTypes {

    /**
     * @param expression how a condition refers to it
     * @param stored DuckDB's literals of what the table holds, beside NULL
     * @param values Flink's literals to compare with; empty: it is only tested for NULL
     */
    record Column(
            String expression,
            String flinkType,
            String duckType,
            List<String> stored,
            List<String> values) {

        boolean isComparable() {
            return !values.isEmpty();
        }
    }

    private static final List<String> SMALL = List.of("-128", "-1", "0", "1", "5", "100", "127");
    private static final List<String> NUMBERS =
            List.of("-2147483648", "-1", "0", "1", "5", "127", "32767", "2147483647");
    private static final List<String> LONGS =
            List.of("-9223372036854775808", "-1", "0", "5", "2147483648", "9223372036854775807");
    private static final List<String> TEXTS =
            List.of("''", "'a'", "'A'", "'ab'", "'a '", "'ä'", "'ß'", "'it''s'", "'💥'", "'10'");
    private static final List<String> STORED_DOUBLES =
            List.of(
                    "'NaN'",
                    "'Infinity'",
                    "'-Infinity'",
                    "'0.0'",
                    "'-0.0'",
                    "'0.1'",
                    "'1.5'",
                    "'-1.5'",
                    "'1e308'",
                    "'4.9e-324'",
                    "'100'");

    /**
     * No NaN and no infinity, which 1E308 is as a FLOAT: Flink's planner fails with them for every
     * source that takes filters.
     */
    private static final List<String> DOUBLES =
            List.of(
                    "0",
                    "0.0",
                    "0.1",
                    "1.5",
                    "-1.5",
                    "100",
                    "CAST('1.5' AS DOUBLE)",
                    "CAST('0.1' AS DOUBLE)",
                    "CAST('-0.0' AS DOUBLE)",
                    "CAST('0' AS DOUBLE)",
                    "1E0");

    private static final List<String> STORED_TIMES =
            List.of(
                    "'00:00:00'",
                    "'00:00:00.000001'",
                    "'00:00:00.001'",
                    "'12:00:00'",
                    "'12:00:00.000999'",
                    "'12:00:00.001'",
                    "'12:00:00.999999'",
                    "'12:00:01'",
                    "'23:59:59'",
                    "'23:59:59.999999'");
    private static final List<String> TIMES =
            List.of("TIME '00:00:00'", "TIME '12:00:00'", "TIME '12:00:01'", "TIME '23:59:59'");
    private static final List<String> STORED_TIMESTAMPS =
            List.of(
                    "'1969-12-31 23:59:59.999999'",
                    "'1969-12-31 23:59:59.9985'",
                    "'1969-12-31 23:59:58.5'",
                    "'1970-01-01 00:00:00'",
                    "'1970-01-01 00:00:00.000001'",
                    "'2024-02-29 12:00:00'",
                    "'2024-02-29 12:00:00.000999'",
                    "'2024-02-29 12:00:00.001'",
                    "'2024-02-29 12:00:00.999999'",
                    "'2024-02-29 12:00:01'");
    private static final List<String> OLD_TIMESTAMPS =
            and(STORED_TIMESTAMPS, "'0001-01-01 00:00:00'", "'9999-12-31 23:59:59.999999'");
    private static final List<String> STORED_NANOS =
            and(
                    STORED_TIMESTAMPS,
                    "'1969-12-31 23:59:59.999999999'",
                    "'2024-02-29 12:00:00.000000001'",
                    "'2024-02-29 12:00:00.000999999'");
    private static final List<String> TIMESTAMPS =
            List.of(
                    "TIMESTAMP '1969-12-31 23:59:59'",
                    "TIMESTAMP '1969-12-31 23:59:59.998'",
                    "TIMESTAMP '1970-01-01 00:00:00'",
                    "TIMESTAMP '1970-01-01 00:00:00.000001'",
                    "TIMESTAMP '2024-02-29 12:00:00'",
                    "TIMESTAMP '2024-02-29 12:00:00.001'",
                    "TIMESTAMP '2024-02-29 12:00:00.000999'",
                    "TIMESTAMP '2024-02-29 12:00:00.000000001'",
                    "TIMESTAMP '2024-02-29 12:00:01'",
                    "TIMESTAMP '0001-01-01 00:00:00'",
                    "TIMESTAMP '9999-12-31 23:59:59'");
    private static final List<String> INSTANTS =
            List.of(
                    "TO_TIMESTAMP_LTZ(0, 3)",
                    "TO_TIMESTAMP_LTZ(-1, 3)",
                    "TO_TIMESTAMP_LTZ(1709208000000, 3)",
                    "TO_TIMESTAMP_LTZ(1709208000001, 3)",
                    "CAST(TIMESTAMP '2024-02-29 12:00:00.000999' AS TIMESTAMP_LTZ(6))",
                    "CAST(TIMESTAMP '2024-02-29 12:00:00' AS TIMESTAMP_LTZ(3))");
    private static final List<String> STORED_BYTES =
            List.of("''::BLOB", "'\\x00'::BLOB", "'\\xFF'::BLOB", "'a'::BLOB", "'ab'::BLOB");
    private static final List<String> BYTES =
            List.of("X''", "X'00'", "X'FF'", "X'61'", "X'6162'", "X'7F'");
    private static final List<String> STORED_DECIMALS =
            List.of("-99999999.99", "-0.01", "0", "0.01", "1.50", "5", "100", "99999999.99");
    private static final List<String> DECIMALS =
            List.of("-0.01", "0", "0.01", "1.5", "1.50", "1.505", "5", "100", "99999999.99");

    static final List<Column> COLUMNS =
            List.of(
                    new Column("b", "BOOLEAN", "BOOLEAN", booleans(), booleans()),
                    new Column("b2", "BOOLEAN", "BOOLEAN", booleans(), booleans()),
                    new Column("t", "TINYINT", "TINYINT", SMALL, and(SMALL, "300")),
                    new Column("sm", "SMALLINT", "SMALLINT", SMALL, SMALL),
                    new Column("su", "SMALLINT", "UTINYINT", SMALL.subList(2, 7), SMALL),
                    new Column("i", "INT", "INTEGER", NUMBERS, and(NUMBERS, "1.5", "3000000000")),
                    new Column("ip", "INT", "USMALLINT", SMALL.subList(2, 7), NUMBERS),
                    new Column("l", "BIGINT", "BIGINT", LONGS, LONGS),
                    new Column("li", "BIGINT", "INTEGER", NUMBERS, LONGS),
                    new Column("n", "DECIMAL(10, 2)", "DECIMAL(10, 2)", STORED_DECIMALS, DECIMALS),
                    new Column("n1", "DECIMAL(10, 2)", "DECIMAL(5, 1)", SMALL, DECIMALS),
                    new Column("ni", "DECIMAL(22, 3)", "BIGINT", NUMBERS, DECIMALS),
                    new Column("h", "DECIMAL(38, 0)", "HUGEINT", LONGS, LONGS),
                    new Column(
                            "w", "DECIMAL(38, 10)", "DECIMAL(38, 10)", STORED_DECIMALS, DECIMALS),
                    new Column("f", "FLOAT", "FLOAT", floats(), DOUBLES),
                    new Column("d", "DOUBLE", "DOUBLE", STORED_DOUBLES, DOUBLES),
                    new Column("df", "DOUBLE", "FLOAT", floats(), DOUBLES),
                    new Column("s", "STRING", "VARCHAR", TEXTS, TEXTS),
                    new Column("s2", "STRING", "VARCHAR COLLATE NOCASE", TEXTS, TEXTS),
                    new Column("v", "VARCHAR(3)", "VARCHAR", TEXTS, and(TEXTS, "'abcdef'")),
                    new Column("c", "CHAR(2)", "VARCHAR", TEXTS, TEXTS),
                    new Column(
                            "u",
                            "STRING",
                            "UUID",
                            List.of("'00000000-0000-0000-0000-0000000000ab'"),
                            List.of(
                                    "'00000000-0000-0000-0000-0000000000ab'",
                                    "'00000000-0000-0000-0000-0000000000AB'",
                                    "'a'")),
                    new Column("x", "BYTES", "BLOB", STORED_BYTES, BYTES),
                    new Column(
                            "dt",
                            "DATE",
                            "DATE",
                            List.of("'0001-01-01'", "'1969-12-31'", "'2024-02-29'", "'9999-12-31'"),
                            List.of(
                                    "DATE '0001-01-01'",
                                    "DATE '1970-01-01'",
                                    "DATE '2024-02-29'",
                                    "DATE '9999-12-31'")),
                    new Column("tm", "TIME(0)", "TIME", STORED_TIMES, TIMES),
                    new Column("tm3", "TIME(3)", "TIME", STORED_TIMES, TIMES),
                    new Column("ts0", "TIMESTAMP(0)", "TIMESTAMP", OLD_TIMESTAMPS, TIMESTAMPS),
                    new Column("ts3", "TIMESTAMP(3)", "TIMESTAMP", OLD_TIMESTAMPS, TIMESTAMPS),
                    new Column("ts3s", "TIMESTAMP(3)", "TIMESTAMP_S", OLD_TIMESTAMPS, TIMESTAMPS),
                    new Column("ts6", "TIMESTAMP(6)", "TIMESTAMP", OLD_TIMESTAMPS, TIMESTAMPS),
                    new Column("ts6n", "TIMESTAMP(6)", "TIMESTAMP_NS", STORED_NANOS, TIMESTAMPS),
                    new Column("ts3n", "TIMESTAMP(3)", "TIMESTAMP_NS", STORED_NANOS, TIMESTAMPS),
                    new Column("ts8", "TIMESTAMP(8)", "TIMESTAMP_NS", STORED_NANOS, TIMESTAMPS),
                    new Column("ts9", "TIMESTAMP(9)", "TIMESTAMP_NS", STORED_NANOS, TIMESTAMPS),
                    new Column(
                            "z3", "TIMESTAMP_LTZ(3)", "TIMESTAMPTZ", STORED_TIMESTAMPS, INSTANTS),
                    new Column(
                            "z6", "TIMESTAMP_LTZ(6)", "TIMESTAMPTZ", STORED_TIMESTAMPS, INSTANTS),
                    new Column("arr", "ARRAY<INT>", "INTEGER[]", List.of("[1]", "[]"), List.of()),
                    new Column(
                            "r",
                            "ROW<a BIGINT, `q q` ROW<ts TIMESTAMP(3), s STRING>>",
                            "STRUCT(a INTEGER, \"q q\" STRUCT(ts TIMESTAMP, s VARCHAR))",
                            structs(),
                            List.of()));

    /** Fields, which are compared but are no columns of their own. */
    static final List<Column> FIELDS =
            List.of(
                    new Column("r.a", "BIGINT", "", List.of(), NUMBERS),
                    new Column("r.`q q`.ts", "TIMESTAMP(3)", "", List.of(), TIMESTAMPS),
                    new Column("r.`q q`.s", "STRING", "", List.of(), TEXTS));

    private ManyTypes() {}

    private static List<String> booleans() {
        return List.of("TRUE", "FALSE");
    }

    private static List<String> floats() {
        return STORED_DOUBLES.stream()
                .filter(value -> !value.equals("'1e308'") && !value.equals("'4.9e-324'"))
                .toList();
    }

    private static List<String> structs() {
        List<String> structs = new ArrayList<>();
        for (String a : List.of("NULL", "-1", "5")) {
            structs.add("{'a': " + a + ", 'q q': NULL}");
            structs.add("{'a': " + a + ", 'q q': {'ts': NULL, 's': NULL}}");
            structs.add("{'a': " + a + ", 'q q': {'ts': '2024-02-29 12:00:00.000999', 's': 'a'}}");
            structs.add("{'a': " + a + ", 'q q': {'ts': '2024-02-29 12:00:00', 's': 'A'}}");
        }
        return structs;
    }

    private static List<String> and(List<String> values, String... more) {
        List<String> all = new ArrayList<>(values);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    static String createTable(String table) {
        return COLUMNS.stream()
                .map(column -> column.expression + " " + column.duckType)
                .collect(Collectors.joining(", ", "CREATE TABLE " + table + " (id INTEGER, ", ")"));
    }

    /** Rows for an INSERT, which take each value by chance. */
    static List<String> rows(int count, RandomGenerator random) {
        List<String> rows = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            List<String> row = new ArrayList<>();
            row.add(String.valueOf(id));
            for (Column column : COLUMNS) {
                row.add(
                        random.nextInt(6) == 0
                                ? "NULL"
                                : column.stored.get(random.nextInt(column.stored.size())));
            }
            rows.add("(" + String.join(", ", row) + ")");
        }
        return rows;
    }

    /** The columns of Flink's CREATE TABLE. */
    static String declared() {
        return COLUMNS.stream()
                .map(column -> column.expression + " " + column.flinkType)
                .collect(Collectors.joining(", ", "id INT, ", ""));
    }
}
