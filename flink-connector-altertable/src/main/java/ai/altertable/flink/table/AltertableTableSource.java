package ai.altertable.flink.table;

import ai.altertable.flink.FilterHandling;
import ai.altertable.flink.source.AltertableSource;
import ai.altertable.flink.source.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsStatisticReport;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A table, or a query, that is read. What the planner pushes down goes into its {@link TableQuery};
 * nothing else of it changes.
 */
class AltertableTableSource
        implements ScanTableSource,
                SupportsFilterPushDown,
                SupportsProjectionPushDown,
                SupportsLimitPushDown,
                SupportsStatisticReport {

    final ReadSettings settings;

    /** The planner tells a source by changing it, and takes copies of what it may need again. */
    TableQuery query;

    AltertableTableSource(ReadSettings settings, TableQuery query) {
        this.settings = settings;
        this.query = query;
    }

    TableQuery query() {
        return query;
    }

    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        List<ResolvedExpression> accepted = new ArrayList<>();
        List<ResolvedExpression> remaining = new ArrayList<>();
        for (ResolvedExpression filter : filters) {
            Optional<TableQuery.Filtered> filtered =
                    settings.filters() == FilterHandling.NEVER
                            ? Optional.empty()
                            : query.filtered(filter);
            filtered.ifPresent(
                    result -> {
                        query = result.query();
                        accepted.add(filter);
                    });
            if (filtered.isEmpty() || !filtered.get().exactly()) {
                remaining.add(filter);
            }
        }
        return Result.of(accepted, remaining);
    }

    @Override
    public boolean supportsNestedProjection() {
        return true;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        query = query.projected(projectedFields, rowType(producedDataType));
    }

    @Override
    public void applyLimit(long limit) {
        query = query.limited(limit).orElse(query);
    }

    static RowType rowType(DataType type) {
        return (RowType) type.getLogicalType();
    }

    @Override
    public TableStats reportStatistics() {
        // Of how many groups there are, the server says nothing.
        return Optional.of(query.scan())
                .filter(scan -> !scan.grouping().aggregates())
                .flatMap(scan -> RowEstimate.of(settings.connection(), scan))
                .map(TableStats::new)
                .orElse(TableStats.UNKNOWN);
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        Scan scan = query.scan();
        AltertableSource<RowData> source =
                new AltertableSource<>(
                        settings.connection(),
                        scan,
                        settings.scan(),
                        row -> row,
                        context.createTypeInformation(scan.rowType()));
        return SourceProvider.of(source, settings.parallelism().orElse(null));
    }

    @Override
    public DynamicTableSource copy() {
        return new AltertableTableSource(settings, query);
    }

    /** Shows no SQL: it may hold values. */
    @Override
    public String asSummaryString() {
        return "Altertable";
    }
}
