package ai.altertable.flink.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * A filter of Flink's as a condition in DuckDB's SQL.
 *
 * <h2>What is promised</h2>
 *
 * <p>The condition is true for every row for which the filter is. An exact one has the filter's own
 * value, true, false or unknown, for every row; one that is not exact may let more rows pass, so
 * Flink has to filter them again. What cannot be promised has no predicate and is left to Flink.
 *
 * <h2>How it composes</h2>
 *
 * <p>AND and OR of conditions that let too much pass let too much pass, which is why an AND may
 * even drop what it does not understand. NOT turns too much into too little and needs exact ones,
 * and so does every other test that a row passes because something is not true.
 *
 * @param exact whether Flink need not filter again
 */
record SqlPredicate(String sql, boolean exact) {

    static Optional<SqlPredicate> of(ResolvedExpression filter, ColumnNames columns) {
        if (!(filter instanceof CallExpression call)) {
            return columns.value(filter)
                    .filter(value -> value.isOf(LogicalTypeRoot.BOOLEAN))
                    .map(value -> exactly(value.sql()));
        }
        FunctionDefinition function = call.getFunctionDefinition();
        if (function == BuiltInFunctionDefinitions.AND) {
            return and(parts(call, columns));
        }
        if (function == BuiltInFunctionDefinitions.OR) {
            return or(parts(call, columns));
        }
        if (function == BuiltInFunctionDefinitions.IN) {
            return in(call.getResolvedChildren(), columns);
        }
        return call.getResolvedChildren().size() == 1
                ? ofOne(function, call.getResolvedChildren().get(0), columns)
                : comparison(call, columns);
    }

    private static List<Optional<SqlPredicate>> parts(CallExpression call, ColumnNames columns) {
        return call.getResolvedChildren().stream().map(part -> of(part, columns)).toList();
    }

    private static Optional<SqlPredicate> and(List<Optional<SqlPredicate>> parts) {
        List<SqlPredicate> known = parts.stream().flatMap(Optional::stream).toList();
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new SqlPredicate(
                                joined(known, " AND "),
                                known.size() == parts.size() && allExact(known)));
    }

    private static Optional<SqlPredicate> or(List<Optional<SqlPredicate>> parts) {
        if (parts.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<SqlPredicate> known = parts.stream().flatMap(Optional::stream).toList();
        return Optional.of(new SqlPredicate(joined(known, " OR "), allExact(known)));
    }

    private static boolean allExact(List<SqlPredicate> parts) {
        return parts.stream().allMatch(SqlPredicate::exact);
    }

    private static String joined(List<SqlPredicate> parts, String word) {
        return parts.stream().map(SqlPredicate::sql).collect(Collectors.joining(word, "(", ")"));
    }

    private static Optional<SqlPredicate> in(
            List<ResolvedExpression> operands, ColumnNames columns) {
        List<Optional<SqlPredicate>> equal = new ArrayList<>();
        for (ResolvedExpression value : operands.subList(1, operands.size())) {
            equal.add(Comparison.EQUAL.of(operands.get(0), value, columns));
        }
        return or(equal);
    }

    private static Optional<SqlPredicate> ofOne(
            FunctionDefinition function, ResolvedExpression operand, ColumnNames columns) {
        if (function == BuiltInFunctionDefinitions.IS_NULL) {
            return nullTest(operand, " IS NULL", columns);
        }
        if (function == BuiltInFunctionDefinitions.IS_NOT_NULL) {
            return nullTest(operand, " IS NOT NULL", columns);
        }
        Optional<SqlPredicate> inner = of(operand, columns);
        if (function == BuiltInFunctionDefinitions.IS_TRUE) {
            return inner.map(
                    condition -> new SqlPredicate(tested(condition, " IS TRUE"), condition.exact));
        }
        Optional<SqlPredicate> exact = inner.filter(SqlPredicate::exact);
        if (function == BuiltInFunctionDefinitions.NOT) {
            return exact.map(condition -> exactly("(NOT " + condition.sql + ")"));
        }
        if (function == BuiltInFunctionDefinitions.IS_FALSE) {
            return exact.map(condition -> exactly(tested(condition, " IS FALSE")));
        }
        if (function == BuiltInFunctionDefinitions.IS_NOT_TRUE) {
            return exact.map(condition -> exactly(tested(condition, " IS NOT TRUE")));
        }
        if (function == BuiltInFunctionDefinitions.IS_NOT_FALSE) {
            return exact.map(condition -> exactly(tested(condition, " IS NOT FALSE")));
        }
        return Optional.empty();
    }

    private static Optional<SqlPredicate> nullTest(
            ResolvedExpression operand, String test, ColumnNames columns) {
        return columns.value(operand)
                .map(value -> exactly("(" + value.sql() + test + ")"))
                .or(
                        () ->
                                of(operand, columns)
                                        .filter(SqlPredicate::exact)
                                        .map(condition -> exactly(tested(condition, test))));
    }

    private static String tested(SqlPredicate condition, String test) {
        return "(" + condition.sql + test + ")";
    }

    private static Optional<SqlPredicate> comparison(CallExpression call, ColumnNames columns) {
        List<ResolvedExpression> operands = call.getResolvedChildren();
        if (operands.size() != 2) {
            return Optional.empty();
        }
        return Comparison.of(call.getFunctionDefinition())
                .flatMap(
                        comparison ->
                                operands.get(0) instanceof ValueLiteralExpression
                                        ? comparison
                                                .mirrored()
                                                .of(operands.get(1), operands.get(0), columns)
                                        : comparison.of(operands.get(0), operands.get(1), columns));
    }

    static SqlPredicate exactly(String sql) {
        return new SqlPredicate(sql, true);
    }

    static SqlPredicate atLeast(String sql) {
        return new SqlPredicate(sql, false);
    }
}
