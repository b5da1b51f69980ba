package ai.altertable.flink.table;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.sink.AltertableSink;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/** A table that is written to. Immutable. */
final class AltertableTableSink implements DynamicTableSink {

    private final AltertableSink<RowData> sink;
    private final Optional<Integer> parallelism;

    private AltertableTableSink(AltertableSink<RowData> sink, Optional<Integer> parallelism) {
        this.sink = sink;
        this.parallelism = parallelism;
    }

    static AltertableTableSink of(
            ReadableConfig options, DataType columns, List<String> primaryKey) {
        Optional<Integer> parallelism = options.getOptional(FactoryUtil.SINK_PARALLELISM);
        AltertableSink<RowData> sink =
                AltertableSink.builder(RowData.class, (RowType) columns.getLogicalType())
                        .setAll(options)
                        .primaryKey(primaryKey.toArray(String[]::new))
                        // The planner gives a sink the parallelism of its input by default.
                        .parallelAsItsInput(parallelism.orElse(1) == 1)
                        .build();
        return new AltertableTableSink(sink, parallelism);
    }

    /**
     * Insert-only for a query that only inserts, also into a table with a key: rows of one key
     * replace each other all the same, and Flink 2.3 asks nothing more of such a plan. Otherwise
     * what is upserted by key, so that no UPDATE_BEFORE has to be made.
     */
    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        if (requested.containsOnly(RowKind.INSERT)) {
            return ChangelogMode.insertOnly();
        }
        if (!sink.settings().upserts()) {
            throw new ValidationException(
                    "The query updates or deletes rows, and the table "
                            + sink.settings().table()
                            + " only takes new ones. Declare PRIMARY KEY (…) NOT ENFORCED, and"
                            + " leave the option '"
                            + AltertableOptions.SINK_WRITE_MODE.key()
                            + "' at 'auto' or set it to 'upsert'");
        }
        return ChangelogMode.upsert();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        return SinkV2Provider.of(sink, parallelism.orElse(null));
    }

    @Override
    public DynamicTableSink copy() {
        return new AltertableTableSink(sink, parallelism);
    }

    @Override
    public String asSummaryString() {
        return "Altertable";
    }
}
