package ai.altertable.flink.table;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.source.Scan;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.RowType;

/** Makes the sink and the source of {@code 'connector' = 'altertable'}. */
public final class AltertableTableFactory
        implements DynamicTableSinkFactory, DynamicTableSourceFactory {

    private static final String IDENTIFIER = "altertable";

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of();
    }

    /** Those of the sink and of the source: one declaration serves both. */
    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Stream.of(CONNECTION, SINK, SCAN).flatMap(List::stream).collect(Collectors.toSet());
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        ReadableConfig options = validated(context);
        List<String> primaryKey =
                context.getCatalogTable()
                        .getResolvedSchema()
                        .getPrimaryKey()
                        .map(UniqueConstraint::getColumns)
                        .orElse(List.of());
        return AltertableTableSink.of(options, context.getPhysicalRowDataType(), primaryKey);
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        ReadableConfig options = validated(context);
        RowType columns = (RowType) context.getPhysicalRowDataType().getLogicalType();
        ReadSettings settings = ReadSettings.from(options, columns);
        TableQuery query = TableQuery.of(Scan.relation(options), columns);
        return AggregatingTableSource.isFor(columns, context.getConfiguration())
                ? new AggregatingTableSource(settings, query)
                : new AltertableTableSource(settings, query);
    }

    /** An unknown option is refused here, with the known ones. */
    private ReadableConfig validated(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        return helper.getOptions();
    }

    private static final List<ConfigOption<?>> CONNECTION =
            List.of(
                    AltertableOptions.URL,
                    AltertableOptions.CATALOG,
                    AltertableOptions.SCHEMA,
                    AltertableOptions.TABLE,
                    AltertableOptions.USERNAME,
                    AltertableOptions.PASSWORD,
                    AltertableOptions.TOKEN,
                    AltertableOptions.AUTH_SCHEME,
                    AltertableOptions.CONNECTION_TIMEOUT,
                    AltertableOptions.REQUEST_TIMEOUT,
                    AltertableOptions.COMPUTE_SIZE,
                    AltertableOptions.SSL_CA_CERTIFICATE);

    private static final List<ConfigOption<?>> SINK =
            List.of(
                    AltertableOptions.SINK_WRITE_MODE,
                    AltertableOptions.SINK_DELIVERY_GUARANTEE,
                    AltertableOptions.SINK_FORMAT,
                    AltertableOptions.SINK_UPSERT_ENDPOINT,
                    AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS,
                    AltertableOptions.SINK_BUFFER_FLUSH_MAX_SIZE,
                    AltertableOptions.SINK_BUFFER_FLUSH_INTERVAL,
                    AltertableOptions.SINK_REQUESTS_MAX_INFLIGHT,
                    AltertableOptions.SINK_RETRY_TIMEOUT,
                    AltertableOptions.SINK_CURSOR_FIELD,
                    AltertableOptions.SINK_DELETE_MODE,
                    AltertableOptions.SINK_DELETE_COLUMN,
                    AltertableOptions.SINK_CREATE_TABLE,
                    AltertableOptions.SINK_ON_ERROR,
                    AltertableOptions.SINK_DEAD_LETTER_TABLE,
                    AltertableOptions.SINK_STAGING_SCHEMA,
                    AltertableOptions.SINK_STAGING_TTL,
                    AltertableOptions.SINK_COMMIT_TIMEOUT,
                    FactoryUtil.SINK_PARALLELISM);

    private static final List<ConfigOption<?>> SCAN =
            List.of(
                    AltertableOptions.SCAN_QUERY,
                    AltertableOptions.SCAN_PARTITION_COLUMN,
                    AltertableOptions.SCAN_PARTITION_NUM,
                    AltertableOptions.SCAN_SPLIT_MAX_SIZE,
                    AltertableOptions.SCAN_SNAPSHOT,
                    AltertableOptions.SCAN_TRANSPORT,
                    AltertableOptions.FILTER_HANDLING_POLICY,
                    FactoryUtil.SOURCE_PARALLELISM);
}
