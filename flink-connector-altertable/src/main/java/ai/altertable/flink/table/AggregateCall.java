package ai.altertable.flink.table;

import ai.altertable.flink.format.SqlText;
import ai.altertable.flink.format.TypeMapping;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * An aggregate function of Flink's planner, and what it is in DuckDB.
 *
 * <p>The functions are known by the names of their classes. There is no other way: the planner
 * gives its own implementations, which are no public API and which a cluster loads where a
 * connector does not see them. A name that is not known, in a later version perhaps, is not pushed
 * down.
 */
enum AggregateCall {
    COUNT_ROWS("Count1AggFunction"),
    COUNT("CountAggFunction"),
    MIN("MinAggFunction"),
    MAX("MaxAggFunction"),
    SUM("SumAggFunction"),
    /** A sum that is zero, not NULL, where there is nothing: half of an average. */
    SUM_OR_ZERO("Sum0AggFunction");

    private static final String PACKAGE = "org.apache.flink.table.planner.functions.aggfunctions.";

    /**
     * How many digits a sum has more than what is summed up. Flink's integers silently begin anew
     * when they overflow, DuckDB's fail: so only what does not overflow goes down, unless there are
     * more than a billion rows of the largest value.
     */
    private static final int DIGITS_OF_ROWS = 9;

    private final String className;

    AggregateCall(String className) {
        this.className = className;
    }

    /**
     * The aggregate in DuckDB's SQL.
     *
     * @param arguments those arguments that are columns
     * @param result the type of its result
     */
    static Optional<String> sql(
            AggregateExpression aggregate, List<ColumnValue> arguments, LogicalType result) {
        boolean isPlain =
                !aggregate.isDistinct()
                        && !aggregate.isApproximate()
                        && aggregate.getFilterExpression().isEmpty()
                        && arguments.size() == aggregate.getArgs().size();
        return of(aggregate.getFunctionDefinition())
                .filter(call -> isPlain)
                .flatMap(call -> call.of(arguments, result))
                .map(sql -> SqlText.cast(sql, TypeMapping.ddl(result)));
    }

    private static Optional<AggregateCall> of(FunctionDefinition function) {
        return Stream.<Class<?>>iterate(
                        function.getClass(), type -> type != null, Class::getSuperclass)
                .flatMap(
                        type ->
                                Arrays.stream(values())
                                        .filter(
                                                c ->
                                                        (PACKAGE + c.className)
                                                                .equals(type.getName())))
                .findFirst();
    }

    private Optional<String> of(List<ColumnValue> arguments, LogicalType result) {
        if (this == COUNT_ROWS) {
            return Optional.of("count(*)").filter(sql -> arguments.isEmpty());
        }
        if (arguments.size() != 1) {
            return Optional.empty();
        }
        ColumnValue column = arguments.get(0);
        return switch (this) {
            case COUNT -> Optional.of("count(" + column.sql() + ")");
            // Of a time more digits may be compared than Flink reads: the first stays the first.
            case MIN ->
                    Optional.of("min(" + column.sql() + ")")
                            .filter(sql -> Comparison.isExact(column.type()));
            case MAX ->
                    Optional.of("max(" + column.sql() + ")")
                            .filter(sql -> Comparison.isExact(column.type()));
            case SUM -> sum(column, result);
            case SUM_OR_ZERO -> sum(column, result).map(sum -> "coalesce(" + sum + ", 0)");
            case COUNT_ROWS -> throw new IllegalStateException();
        };
    }

    private static Optional<String> sum(ColumnValue column, LogicalType result) {
        int grown = digits(column.type()) + DIGITS_OF_ROWS;
        return digits(column.type()) > 0 && grown <= digits(result)
                ? Optional.of("sum(" + column.sql() + ")")
                : Optional.empty();
    }

    /** The decimal digits of which every number fits; zero for what is no exact number. */
    private static int digits(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INTEGER -> 10;
            case BIGINT -> 19;
            case DECIMAL -> ((DecimalType) type).getPrecision();
            default -> 0;
        };
    }
}
