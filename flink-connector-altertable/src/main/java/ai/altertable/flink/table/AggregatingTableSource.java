package ai.altertable.flink.table;

import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsAggregatePushDown;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * A table that aggregates its rows as well.
 *
 * <p>Not every table does. Flink's planner, up to 2.3 at least, fails {@code AVG} over a DECIMAL
 * for every source that takes aggregates, before it asks the source. An aggregation that is slower
 * than it might be is better than one that fails, so a table with such a column takes none, unless
 * the session asks for them by setting {@link #PUSH_DOWN}, which is Flink's own option, to true.
 */
final class AggregatingTableSource extends AltertableTableSource
        implements SupportsAggregatePushDown {

    static final ConfigOption<Boolean> PUSH_DOWN =
            ConfigOptions.key("table.optimizer.source.aggregate-pushdown-enabled")
                    .booleanType()
                    .noDefaultValue();

    AggregatingTableSource(ReadSettings settings, TableQuery query) {
        super(settings, query);
    }

    static boolean isFor(RowType columns, ReadableConfig session) {
        return session.getOptional(PUSH_DOWN)
                .orElseGet(() -> !holds(columns, LogicalTypeRoot.DECIMAL));
    }

    /** At any depth: a field can be projected, and then averaged. */
    private static boolean holds(RowType row, LogicalTypeRoot root) {
        return row.getChildren().stream()
                .anyMatch(
                        type ->
                                type.is(root)
                                        || type instanceof RowType nested && holds(nested, root));
    }

    @Override
    public boolean applyAggregates(
            List<int[]> groupingSets,
            List<AggregateExpression> aggregateExpressions,
            DataType producedDataType) {
        Optional<TableQuery> aggregated =
                groupingSets.size() == 1
                        ? query.aggregated(
                                groupingSets.get(0),
                                aggregateExpressions,
                                rowType(producedDataType))
                        : Optional.empty();
        query = aggregated.orElse(query);
        return aggregated.isPresent();
    }

    @Override
    public DynamicTableSource copy() {
        return new AggregatingTableSource(settings, query);
    }
}
