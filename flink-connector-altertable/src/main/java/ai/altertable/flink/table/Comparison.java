package ai.altertable.flink.table;

import ai.altertable.flink.format.SqlText;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * A comparison of a column with a value, or with a column of the very same type.
 *
 * <h2>Why not every type</h2>
 *
 * <ul>
 *   <li>Text: a column of DuckDB's may have a collation, in which more texts are equal than the
 *       same ones. So only equality goes down, and Flink filters again; in any other comparison
 *       rows would be missing. CHAR(n) is left to Flink for its padding, as is BINARY(n).
 *   <li>BYTES: DuckLake skips files that hold what is looked for, such as a single byte 00.
 *   <li>DOUBLE: NaN is greater than everything in DuckDB; in Flink it is, or is not comparable, and
 *       -0.0 is 0.0 or not, depending on what stands on the other side and on how many values there
 *       are. So only bounds go down, which let all of these pass, and Flink filters again; {@code
 *       <>} does not. See {@link DoubleBounds}.
 *   <li>FLOAT: what it is compared with is a DOUBLE or a DECIMAL, each with rules of its own.
 * </ul>
 *
 * <h2>Digits that are cut</h2>
 *
 * <p>A TIMESTAMP declared with three digits is cut when it is read, and Flink compares what is
 * left. The column itself is compared here, so that DuckDB can skip what is out of range: a value
 * that is cut to v was from v on and before the next one.
 */
enum Comparison {
    EQUAL(BuiltInFunctionDefinitions.EQUALS, "="),
    NOT_EQUAL(BuiltInFunctionDefinitions.NOT_EQUALS, "<>"),
    LESS(BuiltInFunctionDefinitions.LESS_THAN, "<"),
    LESS_OR_EQUAL(BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL, "<="),
    GREATER(BuiltInFunctionDefinitions.GREATER_THAN, ">"),
    GREATER_OR_EQUAL(BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL, ">=");

    private final FunctionDefinition function;
    private final String sign;

    Comparison(FunctionDefinition function, String sign) {
        this.function = function;
        this.sign = sign;
    }

    static Optional<Comparison> of(FunctionDefinition function) {
        return Arrays.stream(values()).filter(c -> c.function == function).findFirst();
    }

    /** The same with the sides changed. */
    Comparison mirrored() {
        return switch (this) {
            case EQUAL, NOT_EQUAL -> this;
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        };
    }

    Optional<SqlPredicate> of(
            ResolvedExpression left, ResolvedExpression right, ColumnNames columns) {
        Optional<ColumnValue> value = columns.value(left);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return right instanceof ValueLiteralExpression literal
                ? ofLiteral(value.get(), literal)
                : columns.value(right).flatMap(other -> ofColumns(value.get(), other));
    }

    private Optional<SqlPredicate> ofColumns(ColumnValue left, ColumnValue right) {
        boolean sameType = left.type().copy(true).equals(right.type().copy(true));
        boolean isCut = Grain.of(left.type()).filter(Grain::isCoarse).isPresent();
        return sameType && isExact(left.type()) && !isCut
                ? Optional.of(SqlPredicate.exactly(compared(left, sign, right.sql())))
                : Optional.empty();
    }

    private Optional<SqlPredicate> ofLiteral(ColumnValue column, ValueLiteralExpression literal) {
        if (column.isOf(LogicalTypeRoot.DOUBLE)) {
            return DoubleBounds.of(literal)
                    .filter(bounds -> this != NOT_EQUAL)
                    .map(bounds -> SqlPredicate.atLeast(within(column, bounds)));
        }
        Optional<Object> value = LiteralValue.of(literal, column.type());
        if (column.isOf(LogicalTypeRoot.VARCHAR)) {
            return value.filter(any -> this == EQUAL)
                    .map(any -> SqlText.literal(any, column.type()))
                    .map(sql -> SqlPredicate.atLeast(compared(column, sign, sql)));
        }
        return value.filter(any -> isExact(column.type())).map(any -> exactly(column, any));
    }

    private String within(ColumnValue column, DoubleBounds bounds) {
        String from = SqlText.literal(bounds.from(), column.type());
        String to = SqlText.literal(bounds.to(), column.type());
        return switch (this) {
            case EQUAL -> both(column, ">=", from, " AND ", "<=", to);
            case LESS, LESS_OR_EQUAL -> compared(column, "<=", to);
            case GREATER, GREATER_OR_EQUAL -> compared(column, ">=", from);
            case NOT_EQUAL -> throw new IllegalStateException("an inequality has no bounds");
        };
    }

    /**
     * Types whose values are the same, and in the same order, in Flink and in DuckDB. Text is not
     * among them, for its collations, nor is DOUBLE, for NaN.
     */
    static boolean isExact(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    DECIMAL,
                    DATE,
                    TIME_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    true;
            default -> false;
        };
    }

    private SqlPredicate exactly(ColumnValue column, Object value) {
        String from = SqlText.literal(value, column.type());
        return SqlPredicate.exactly(
                Grain.of(column.type())
                        .filter(Grain::isCoarse)
                        .map(grain -> grain.next(value))
                        .map(next -> range(column, from, SqlText.literal(next, column.type())))
                        .orElseGet(() -> compared(column, sign, from)));
    }

    private String range(ColumnValue column, String from, String next) {
        return switch (this) {
            case EQUAL -> both(column, ">=", from, " AND ", "<", next);
            case NOT_EQUAL -> both(column, "<", from, " OR ", ">=", next);
            case LESS -> compared(column, "<", from);
            case LESS_OR_EQUAL -> compared(column, "<", next);
            case GREATER -> compared(column, ">=", next);
            case GREATER_OR_EQUAL -> compared(column, ">=", from);
        };
    }

    private static String both(
            ColumnValue column,
            String sign1,
            String bound1,
            String word,
            String sign2,
            String bound2) {
        return "(" + compared(column, sign1, bound1) + word + compared(column, sign2, bound2) + ")";
    }

    private static String compared(ColumnValue column, String sign, String other) {
        return "(" + column.sql() + " " + sign + " " + other + ")";
    }
}
