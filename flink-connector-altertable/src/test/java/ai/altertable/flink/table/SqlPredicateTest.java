package ai.altertable.flink.table;

import static org.apache.flink.table.api.DataTypes.BIGINT;
import static org.apache.flink.table.api.DataTypes.BOOLEAN;
import static org.apache.flink.table.api.DataTypes.BYTES;
import static org.apache.flink.table.api.DataTypes.CHAR;
import static org.apache.flink.table.api.DataTypes.DATE;
import static org.apache.flink.table.api.DataTypes.DECIMAL;
import static org.apache.flink.table.api.DataTypes.DOUBLE;
import static org.apache.flink.table.api.DataTypes.FLOAT;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TIME;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP_LTZ;
import static org.apache.flink.table.api.DataTypes.TINYINT;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.AND;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.EQUALS;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.GREATER_THAN;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.IN;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.IS_FALSE;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.IS_NOT_FALSE;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.IS_NOT_NULL;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.IS_NOT_TRUE;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.IS_NULL;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.IS_TRUE;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.LESS_THAN;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.LIKE;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.NOT;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.NOT_EQUALS;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.OR;
import static org.apache.flink.table.functions.BuiltInFunctionDefinitions.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.NestedFieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Expressions as the planner gives them, and the SQL for them or why there is none. */
class SqlPredicateTest {

    private static final DataType COLUMNS =
            DataTypes.ROW(
                    DataTypes.FIELD("b", BOOLEAN()),
                    DataTypes.FIELD("t", TINYINT()),
                    DataTypes.FIELD("i", INT()),
                    DataTypes.FIELD("j", INT().notNull()),
                    DataTypes.FIELD("l", BIGINT()),
                    DataTypes.FIELD("n", DECIMAL(10, 2)),
                    DataTypes.FIELD("f", FLOAT()),
                    DataTypes.FIELD("d", DOUBLE()),
                    DataTypes.FIELD("s", STRING()),
                    DataTypes.FIELD("c", CHAR(5)),
                    DataTypes.FIELD("x", BYTES()),
                    DataTypes.FIELD("day", DATE()),
                    DataTypes.FIELD("tm", TIME(0)),
                    DataTypes.FIELD("tm9", TIME(9)),
                    DataTypes.FIELD("ts3", TIMESTAMP(3)),
                    DataTypes.FIELD("ts6", TIMESTAMP(6)),
                    DataTypes.FIELD("ts9", TIMESTAMP(9)),
                    DataTypes.FIELD("z6", TIMESTAMP_LTZ(6)),
                    DataTypes.FIELD("a", DataTypes.ARRAY(INT())),
                    DataTypes.FIELD(
                            "r",
                            DataTypes.ROW(
                                    DataTypes.FIELD("x y", INT()), DataTypes.FIELD("s", STRING()))),
                    DataTypes.FIELD("we \"ird", INT()));

    /**
     * @param sql empty: it is Flink's
     */
    private record Case(ResolvedExpression filter, String sql, boolean exact) {

        @Override
        public String toString() {
            return filter.asSummaryString();
        }
    }

    private static Case exactly(ResolvedExpression filter, String sql) {
        return new Case(filter, sql, true);
    }

    private static Case atLeast(ResolvedExpression filter, String sql) {
        return new Case(filter, sql, false);
    }

    private static Case leftToFlink(ResolvedExpression filter) {
        return new Case(filter, "", false);
    }

    private static ResolvedExpression column(String name) {
        int index = DataType.getFieldNames(COLUMNS).indexOf(name);
        return new FieldReferenceExpression(
                name, DataType.getFieldDataTypes(COLUMNS).get(index), 0, index);
    }

    private static ResolvedExpression call(
            BuiltInFunctionDefinition function, ResolvedExpression... of) {
        return CallExpression.permanent(function, List.of(of), BOOLEAN());
    }

    private static ResolvedExpression literal(Object value) {
        return new ValueLiteralExpression(value);
    }

    private static ResolvedExpression literal(Object value, DataType type) {
        return new ValueLiteralExpression(value, type.notNull());
    }

    private static ResolvedExpression compare(
            String column, BuiltInFunctionDefinition comparison, ResolvedExpression value) {
        return call(comparison, column(column), value);
    }

    private static ResolvedExpression text(String value) {
        return literal(value, STRING());
    }

    private static ResolvedExpression timestamp(String value) {
        return literal(LocalDateTime.parse(value), TIMESTAMP(9));
    }

    private static final ResolvedExpression I_IS_5 = compare("i", EQUALS, literal(5));
    private static final String SQL_I_IS_5 = "(CAST(\"i\" AS INTEGER) = CAST('5' AS INTEGER))";
    private static final ResolvedExpression S_IS_A = compare("s", EQUALS, text("a"));
    private static final String SQL_S_IS_A = "(CAST(\"s\" AS VARCHAR) = CAST('a' AS VARCHAR))";
    private static final ResolvedExpression S_LIKE_A = compare("s", LIKE, text("a%"));

    private static final String D = "CAST(\"d\" AS DOUBLE)";
    private static final String TS3 = "CAST(\"ts3\" AS TIMESTAMP)";
    private static final String NOON = "CAST('2024-02-29 12:00:00.000000' AS TIMESTAMP)";
    private static final String AFTER = "CAST('2024-02-29 12:00:00.001000' AS TIMESTAMP)";

    static final List<Case> EXACT_TYPES =
            List.of(
                    exactly(I_IS_5, SQL_I_IS_5),
                    exactly(
                            compare("i", NOT_EQUALS, literal(-5)),
                            "(CAST(\"i\" AS INTEGER) <> CAST('-5' AS INTEGER))"),
                    exactly(
                            compare("we \"ird", LESS_THAN, literal(1)),
                            "(CAST(\"we \"\"ird\" AS INTEGER) < CAST('1' AS INTEGER))"),
                    exactly(
                            call(LESS_THAN_OR_EQUAL, literal(5L), column("l")),
                            "(CAST(\"l\" AS BIGINT) >= CAST('5' AS BIGINT))"),
                    exactly(
                            call(GREATER_THAN, literal(5L), column("l")),
                            "(CAST(\"l\" AS BIGINT) < CAST('5' AS BIGINT))"),
                    exactly(
                            compare("n", GREATER_THAN, literal(new BigDecimal("1.5"))),
                            "(CAST(\"n\" AS DECIMAL(10, 2)) > CAST('1.50' AS DECIMAL(10, 2)))"),
                    exactly(
                            compare("n", EQUALS, literal(7)),
                            "(CAST(\"n\" AS DECIMAL(10, 2)) = CAST('7.00' AS DECIMAL(10, 2)))"),
                    exactly(compare("i", EQUALS, literal(new BigDecimal("5.0"))), SQL_I_IS_5),
                    exactly(
                            compare("day", LESS_THAN, literal(LocalDate.of(2024, 2, 29))),
                            "(CAST(\"day\" AS DATE) < CAST('2024-02-29' AS DATE))"),
                    exactly(
                            compare("ts6", LESS_THAN_OR_EQUAL, timestamp("2024-02-29T12:00:00")),
                            "(CAST(\"ts6\" AS TIMESTAMP) <= " + NOON + ")"),
                    exactly(
                            compare("ts9", EQUALS, timestamp("2024-02-29T12:00:00.000000001")),
                            "(CAST(\"ts9\" AS TIMESTAMP_NS) ="
                                    + " CAST('2024-02-29 12:00:00.000000001' AS TIMESTAMP_NS))"),
                    exactly(
                            compare(
                                    "z6",
                                    GREATER_THAN_OR_EQUAL,
                                    literal(
                                            Instant.parse("2024-02-29T12:00:00.000001Z"),
                                            TIMESTAMP_LTZ(9))),
                            "(CAST(\"z6\" AS TIMESTAMP WITH TIME ZONE) >="
                                    + " CAST('2024-02-29 12:00:00.000001Z' AS TIMESTAMP WITH TIME"
                                    + " ZONE))"),
                    exactly(
                            call(LESS_THAN, column("i"), column("j")),
                            "(CAST(\"i\" AS INTEGER) < CAST(\"j\" AS INTEGER))"),
                    exactly(column("b"), "CAST(\"b\" AS BOOLEAN)"),
                    exactly(
                            compare("b", EQUALS, literal(false)),
                            "(CAST(\"b\" AS BOOLEAN) = FALSE)"),
                    exactly(
                            call(IN, column("i"), literal(5), literal(6)),
                            "("
                                    + SQL_I_IS_5
                                    + " OR (CAST(\"i\" AS INTEGER) = CAST('6' AS INTEGER)))"),
                    exactly(
                            call(
                                    EQUALS,
                                    new NestedFieldReferenceExpression(
                                            new String[] {"r", "x y"}, new int[] {19, 0}, INT()),
                                    literal(5)),
                            "(CAST(struct_extract(\"r\", 'x y') AS INTEGER) = CAST('5' AS"
                                    + " INTEGER))"));

    /** What is read as 12:00:00.000 was anything from there to before 12:00:00.001. */
    static final List<Case> DIGITS_THAT_ARE_CUT =
            List.of(
                    exactly(
                            compare("ts3", EQUALS, timestamp("2024-02-29T12:00:00")),
                            "((" + TS3 + " >= " + NOON + ") AND (" + TS3 + " < " + AFTER + "))"),
                    exactly(
                            compare("ts3", NOT_EQUALS, timestamp("2024-02-29T12:00:00")),
                            "((" + TS3 + " < " + NOON + ") OR (" + TS3 + " >= " + AFTER + "))"),
                    exactly(
                            compare("ts3", LESS_THAN, timestamp("2024-02-29T12:00:00")),
                            "(" + TS3 + " < " + NOON + ")"),
                    exactly(
                            compare("ts3", LESS_THAN_OR_EQUAL, timestamp("2024-02-29T12:00:00")),
                            "(" + TS3 + " < " + AFTER + ")"),
                    exactly(
                            compare("ts3", GREATER_THAN, timestamp("2024-02-29T12:00:00")),
                            "(" + TS3 + " >= " + AFTER + ")"),
                    exactly(
                            compare("ts3", GREATER_THAN_OR_EQUAL, timestamp("2024-02-29T12:00:00")),
                            "(" + TS3 + " >= " + NOON + ")"),
                    exactly(
                            compare("tm", LESS_THAN_OR_EQUAL, literal(LocalTime.of(23, 59, 59))),
                            "(CAST(\"tm\" AS TIME) < CAST('24:00:00.000' AS TIME))"),
                    exactly(
                            compare(
                                    "tm9",
                                    GREATER_THAN,
                                    literal(LocalTime.of(0, 0, 0, 1_000_000), TIME(9))),
                            "(CAST(\"tm9\" AS TIME) >= CAST('00:00:00.002' AS TIME))"),
                    leftToFlink(compare("ts3", EQUALS, timestamp("2024-02-29T12:00:00.0001"))),
                    leftToFlink(compare("ts6", EQUALS, timestamp("2024-02-29T12:00:00.0000001"))),
                    leftToFlink(compare("tm", EQUALS, literal(LocalTime.of(0, 0, 0, 1_000_000)))),
                    leftToFlink(call(LESS_THAN, column("ts3"), column("ts3"))));

    static final List<Case> FILTERED_AGAIN =
            List.of(
                    atLeast(S_IS_A, SQL_S_IS_A),
                    atLeast(
                            call(IN, column("s"), text("a"), text("a")),
                            "(" + SQL_S_IS_A + " OR " + SQL_S_IS_A + ")"),
                    atLeast(
                            compare("s", EQUALS, text("it's 💥")),
                            "(CAST(\"s\" AS VARCHAR) = CAST('it''s 💥' AS VARCHAR))"),
                    atLeast(
                            compare("d", GREATER_THAN, literal(1.5)),
                            "(" + D + " >= CAST('1.5' AS DOUBLE))"),
                    atLeast(
                            compare("d", LESS_THAN, literal(new BigDecimal("0.1"))),
                            "(" + D + " <= CAST('" + Math.nextUp(0.1) + "' AS DOUBLE))"),
                    atLeast(
                            compare("d", GREATER_THAN_OR_EQUAL, literal(new BigDecimal("0.1"))),
                            "(" + D + " >= CAST('" + Math.nextDown(0.1) + "' AS DOUBLE))"),
                    atLeast(
                            compare("d", LESS_THAN, literal(0)),
                            "(" + D + " <= CAST('0.0' AS DOUBLE))"),
                    atLeast(
                            compare("d", EQUALS, literal(Double.NEGATIVE_INFINITY)),
                            "((%s >= %s) AND (%s <= %s))"
                                    .formatted(
                                            D,
                                            "CAST('-Infinity' AS DOUBLE)",
                                            D,
                                            "CAST('-Infinity' AS DOUBLE)")),
                    atLeast(call(IS_TRUE, S_IS_A), "(" + SQL_S_IS_A + " IS TRUE)"),
                    atLeast(
                            call(AND, I_IS_5, S_IS_A),
                            "(" + SQL_I_IS_5 + " AND " + SQL_S_IS_A + ")"),
                    atLeast(call(OR, I_IS_5, S_IS_A), "(" + SQL_I_IS_5 + " OR " + SQL_S_IS_A + ")"),
                    atLeast(call(AND, I_IS_5, S_LIKE_A), "(" + SQL_I_IS_5 + ")"),
                    atLeast(
                            call(OR, I_IS_5, call(AND, S_LIKE_A, I_IS_5)),
                            "(" + SQL_I_IS_5 + " OR (" + SQL_I_IS_5 + "))"));

    static final List<Case> LOGIC =
            List.of(
                    exactly(
                            call(AND, I_IS_5, I_IS_5),
                            "(" + SQL_I_IS_5 + " AND " + SQL_I_IS_5 + ")"),
                    exactly(call(OR, I_IS_5, I_IS_5), "(" + SQL_I_IS_5 + " OR " + SQL_I_IS_5 + ")"),
                    exactly(call(NOT, I_IS_5), "(NOT " + SQL_I_IS_5 + ")"),
                    exactly(call(IS_TRUE, I_IS_5), "(" + SQL_I_IS_5 + " IS TRUE)"),
                    exactly(call(IS_FALSE, I_IS_5), "(" + SQL_I_IS_5 + " IS FALSE)"),
                    exactly(call(IS_NOT_TRUE, I_IS_5), "(" + SQL_I_IS_5 + " IS NOT TRUE)"),
                    exactly(call(IS_NOT_FALSE, I_IS_5), "(" + SQL_I_IS_5 + " IS NOT FALSE)"),
                    exactly(call(IS_NULL, I_IS_5), "(" + SQL_I_IS_5 + " IS NULL)"),
                    exactly(call(IS_NULL, column("s")), "(CAST(\"s\" AS VARCHAR) IS NULL)"),
                    exactly(call(IS_NOT_NULL, column("f")), "(CAST(\"f\" AS FLOAT) IS NOT NULL)"),
                    exactly(call(IS_NULL, column("a")), "(\"a\" IS NULL)"),
                    exactly(call(IS_NOT_NULL, column("r")), "(\"r\" IS NOT NULL)"),
                    leftToFlink(call(NOT, S_IS_A)),
                    leftToFlink(call(IS_FALSE, S_IS_A)),
                    leftToFlink(call(IS_NOT_TRUE, S_IS_A)),
                    leftToFlink(call(IS_NOT_FALSE, S_IS_A)),
                    leftToFlink(call(IS_NULL, S_IS_A)),
                    leftToFlink(call(NOT, call(AND, I_IS_5, S_LIKE_A))),
                    leftToFlink(call(OR, I_IS_5, S_LIKE_A)),
                    leftToFlink(call(AND, S_LIKE_A, S_LIKE_A)));

    static final List<Case> LEFT_TO_FLINK =
            List.of(
                    leftToFlink(S_LIKE_A),
                    leftToFlink(compare("s", NOT_EQUALS, text("a"))),
                    leftToFlink(compare("s", LESS_THAN, text("a"))),
                    leftToFlink(compare("s", EQUALS, text("a\0b"))),
                    leftToFlink(compare("s", EQUALS, text("a\ud800b"))),
                    leftToFlink(call(EQUALS, column("s"), column("s"))),
                    leftToFlink(compare("c", EQUALS, literal("ab", CHAR(2)))),
                    leftToFlink(compare("f", GREATER_THAN, literal(1.5f))),
                    leftToFlink(compare("f", GREATER_THAN, literal(1.5))),
                    leftToFlink(compare("d", NOT_EQUALS, literal(Double.NaN))),
                    leftToFlink(compare("d", EQUALS, literal(Double.NaN))),
                    leftToFlink(compare("d", NOT_EQUALS, literal(new BigDecimal("1.5")))),
                    leftToFlink(compare("d", NOT_EQUALS, literal(0))),
                    leftToFlink(compare("d", NOT_EQUALS, literal(1.5))),
                    leftToFlink(call(EQUALS, column("d"), column("d"))),
                    leftToFlink(compare("x", EQUALS, literal(new byte[] {0}, BYTES()))),
                    exactly(call(IS_NULL, column("x")), "(CAST(\"x\" AS BLOB) IS NULL)"),
                    leftToFlink(compare("x", NOT_EQUALS, literal(new byte[] {1}, BYTES()))),
                    leftToFlink(compare("x", LESS_THAN, literal(new byte[] {1}, BYTES()))),
                    leftToFlink(compare("t", EQUALS, literal(128))),
                    leftToFlink(compare("i", LESS_THAN, literal(3_000_000_000L))),
                    leftToFlink(compare("i", EQUALS, literal(new BigDecimal("5.5")))),
                    leftToFlink(compare("i", EQUALS, literal(5.0))),
                    leftToFlink(compare("i", EQUALS, text("5"))),
                    leftToFlink(compare("n", EQUALS, literal(new BigDecimal("1.005")))),
                    leftToFlink(compare("n", EQUALS, literal(new BigDecimal("123456789.00")))),
                    leftToFlink(compare("i", EQUALS, new ValueLiteralExpression(null, INT()))),
                    leftToFlink(call(EQUALS, column("i"), column("l"))),
                    leftToFlink(compare("day", EQUALS, timestamp("2024-02-29T00:00:00"))),
                    leftToFlink(compare("ts9", LESS_THAN, timestamp("1500-01-01T00:00:00"))),
                    leftToFlink(compare("ts6", LESS_THAN, timestamp("-0044-03-15T00:00:00"))),
                    leftToFlink(call(EQUALS, call(PLUS, column("i"), literal(1)), literal(2))),
                    leftToFlink(column("i")),
                    leftToFlink(literal(true)));

    @ParameterizedTest
    @FieldSource({"EXACT_TYPES", "DIGITS_THAT_ARE_CUT", "FILTERED_AGAIN", "LOGIC", "LEFT_TO_FLINK"})
    void saysInSqlWhatMeansTheSame(Case given) {
        TableQuery query = TableQueries.of((RowType) COLUMNS.getLogicalType());

        Optional<TableQuery.Filtered> filtered = query.filtered(given.filter);

        assertThat(filtered.map(f -> f.query().scan().where()).orElse("")).isEqualTo(given.sql);
        assertThat(filtered.map(TableQuery.Filtered::exactly).orElse(false)).isEqualTo(given.exact);
    }

    @Test
    void reliesOnEachColumnOnceInTheTypeThatIsDeclared() {
        TableQuery query =
                TableQueries.of((RowType) COLUMNS.getLogicalType())
                        .filtered(call(OR, I_IS_5, call(AND, I_IS_5, S_IS_A)))
                        .orElseThrow()
                        .query();

        assertThat(query.scan().reliedOn())
                .containsExactly(
                        new RowType.RowField("i", INT().getLogicalType()),
                        new RowType.RowField("s", STRING().getLogicalType()));
    }
}
