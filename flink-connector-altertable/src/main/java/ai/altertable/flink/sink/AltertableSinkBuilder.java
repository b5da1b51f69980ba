package ai.altertable.flink.sink;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.format.ToRow;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.types.logical.RowType;

/**
 * Builds an {@link AltertableSink}: the options are those of {@link AltertableOptions}, with the
 * same defaults as in SQL.
 */
public final class AltertableSinkBuilder<T> {

    private final Configuration options = new Configuration();
    private final RowType columns;
    private final ToRow<T> toRow;
    private List<String> primaryKey = List.of();
    private boolean parallelAsItsInput;

    AltertableSinkBuilder(RowType columns, ToRow<T> toRow) {
        this.columns = columns;
        this.toRow = toRow;
    }

    public <V> AltertableSinkBuilder<T> set(ConfigOption<V> option, V value) {
        options.set(option, value);
        return this;
    }

    /** All options that are set there. */
    public AltertableSinkBuilder<T> setAll(ReadableConfig config) {
        options.addAll(Configuration.fromMap(config.toMap()));
        return this;
    }

    public AltertableSinkBuilder<T> table(String catalog, String schema, String table) {
        return set(AltertableOptions.CATALOG, catalog)
                .set(AltertableOptions.SCHEMA, schema)
                .set(AltertableOptions.TABLE, table);
    }

    /** The columns that identify a row; with them, rows are upserted. */
    public AltertableSinkBuilder<T> primaryKey(String... key) {
        primaryKey = List.of(key);
        return this;
    }

    /**
     * Says that there will be as many writers as there are subtasks of what feeds them. Where that
     * is one, rows need not be brought to the writer of their key.
     */
    public AltertableSinkBuilder<T> parallelAsItsInput(boolean same) {
        parallelAsItsInput = same;
        return this;
    }

    public AltertableSink<T> build() {
        SinkSettings settings = SinkSettings.from(options, primaryKey);
        return settings.isExactlyOnce()
                ? new ExactlyOnceSink<>(settings, columns, toRow, parallelAsItsInput)
                : new AtLeastOnceSink<>(settings, columns, toRow, parallelAsItsInput);
    }
}
