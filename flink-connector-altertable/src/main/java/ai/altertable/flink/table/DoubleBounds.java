package ai.altertable.flink.table;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Between which DOUBLEs a literal lies. A DOUBLE is one itself. What is written as {@code 0.1} is a
 * DECIMAL to Flink, which compares it with a DOUBLE by rules of its own: rounding it, not always to
 * the nearest one, with -0.0 before 0.0, and NaN last. So nothing is said between the two bounds,
 * nor at them.
 */
record DoubleBounds(double from, double to) {

    static Optional<DoubleBounds> of(ValueLiteralExpression literal) {
        LogicalType type = literal.getOutputDataType().getLogicalType();
        if (type.is(LogicalTypeRoot.DOUBLE)) {
            return literal.getValueAs(Double.class)
                    .filter(value -> !value.isNaN())
                    .map(value -> new DoubleBounds(value, value));
        }
        return type.is(LogicalTypeFamily.EXACT_NUMERIC)
                ? literal.getValueAs(BigDecimal.class).map(DoubleBounds::around)
                : Optional.empty();
    }

    private static DoubleBounds around(BigDecimal number) {
        double nearest = number.doubleValue();
        return new BigDecimal(nearest).compareTo(number) == 0
                ? new DoubleBounds(nearest, nearest)
                : new DoubleBounds(Math.nextDown(nearest), Math.nextUp(nearest));
    }
}
