package ai.altertable.flink.benchmarks;

import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;

/** {@code 'connector' = 'lineitem'}: so many rows of a {@link LineitemStream}. */
public final class LineitemTableFactory implements DynamicTableSourceFactory {

    private static final ConfigOption<Long> ROWS =
            ConfigOptions.key("rows").longType().noDefaultValue();

    private static final long SEED = 19920101;

    @Override
    public String factoryIdentifier() {
        return "lineitem";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(ROWS);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        return new Table(helper.getOptions().get(ROWS), context.getPhysicalRowDataType());
    }

    private record Table(long rows, DataType type) implements ScanTableSource {

        @Override
        public ChangelogMode getChangelogMode() {
            return ChangelogMode.insertOnly();
        }

        @Override
        public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
            TypeInformation<RowData> information = context.createTypeInformation(type);
            return SourceProvider.of(new DataGeneratorSource<>(new Rows(), rows, information));
        }

        @Override
        public DynamicTableSource copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return "lineitem";
        }
    }

    /** Rows that are made one by one: the source is to cost little, and they are to be at hand. */
    private static final class Rows implements GeneratorFunction<Long, RowData> {

        private static final long serialVersionUID = 1L;
        private transient LineitemStream stream;

        @Override
        public void open(SourceReaderContext context) {
            stream = new LineitemStream(SEED);
        }

        @Override
        public RowData map(Long index) {
            return stream.next();
        }
    }
}
