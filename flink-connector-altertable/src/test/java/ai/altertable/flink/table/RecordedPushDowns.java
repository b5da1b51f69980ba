package ai.altertable.flink.table;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.GenericInMemoryCatalog;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.Factory;

/**
 * What the planner's filters become, without a job: a catalog whose tables are ours and remember
 * the last filters that were offered to any of them.
 */
final class RecordedPushDowns extends GenericInMemoryCatalog {

    private static final Pushed NOTHING = new Pushed("", false);

    private static final AtomicReference<Pushed> LAST = new AtomicReference<>(NOTHING);

    /**
     * @param where empty: nothing went down
     * @param isAll whether nothing is left to Flink
     */
    record Pushed(String where, boolean isAll) {}

    RecordedPushDowns() {
        super("recorded", "default");
    }

    static Pushed of(StreamTableEnvironment tables, String sql) {
        LAST.set(NOTHING);
        tables.explainSql(sql);
        return LAST.get();
    }

    @Override
    public Optional<Factory> getFactory() {
        return Optional.of(new RecordingFactory(new AltertableTableFactory()));
    }

    private record RecordingFactory(AltertableTableFactory factory)
            implements DynamicTableSourceFactory {

        @Override
        public DynamicTableSource createDynamicTableSource(Context context) {
            AltertableTableSource source =
                    (AltertableTableSource) factory.createDynamicTableSource(context);
            return new RecordingSource(source.settings, source.query);
        }

        @Override
        public String factoryIdentifier() {
            return factory.factoryIdentifier();
        }

        @Override
        public Set<ConfigOption<?>> requiredOptions() {
            return factory.requiredOptions();
        }

        @Override
        public Set<ConfigOption<?>> optionalOptions() {
            return factory.optionalOptions();
        }
    }

    private static final class RecordingSource extends AltertableTableSource {

        private RecordingSource(ReadSettings settings, TableQuery query) {
            super(settings, query);
        }

        @Override
        public Result applyFilters(List<ResolvedExpression> filters) {
            Result result = super.applyFilters(filters);
            LAST.set(new Pushed(query.scan().where(), result.getRemainingFilters().isEmpty()));
            return result;
        }

        @Override
        public DynamicTableSource copy() {
            return new RecordingSource(settings, query);
        }
    }
}
