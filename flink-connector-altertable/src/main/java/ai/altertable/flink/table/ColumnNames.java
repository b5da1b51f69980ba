package ai.altertable.flink.table;

import java.util.Optional;
import org.apache.flink.table.expressions.ResolvedExpression;

/** What the references in Flink's expressions refer to. */
@FunctionalInterface
interface ColumnNames {

    /** Nothing where the expression is no reference. */
    Optional<ColumnValue> value(ResolvedExpression expression);
}
