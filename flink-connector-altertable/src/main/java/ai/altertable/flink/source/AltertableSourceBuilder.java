package ai.altertable.flink.source;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.Connection;
import ai.altertable.flink.format.FromRow;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.types.logical.RowType;

/**
 * Builds an {@link AltertableSource}: the options are those of {@link AltertableOptions}, with the
 * same defaults as in SQL.
 */
public final class AltertableSourceBuilder<T> {

    private final Configuration options = new Configuration();
    private final RowType columns;
    private final FromRow<T> mapping;
    private final TypeInformation<T> producedType;

    AltertableSourceBuilder(RowType columns, FromRow<T> mapping, TypeInformation<T> producedType) {
        this.columns = columns;
        this.mapping = mapping;
        this.producedType = producedType;
    }

    public <V> AltertableSourceBuilder<T> set(ConfigOption<V> option, V value) {
        options.set(option, value);
        return this;
    }

    /** All options that are set there. */
    public AltertableSourceBuilder<T> setAll(ReadableConfig config) {
        options.addAll(Configuration.fromMap(config.toMap()));
        return this;
    }

    public AltertableSourceBuilder<T> table(String catalog, String schema, String table) {
        return set(AltertableOptions.CATALOG, catalog)
                .set(AltertableOptions.SCHEMA, schema)
                .set(AltertableOptions.TABLE, table);
    }

    /** A SELECT in DuckDB's SQL instead of a table; every name in it is full. */
    public AltertableSourceBuilder<T> query(String sql) {
        return set(AltertableOptions.SCAN_QUERY, sql);
    }

    public AltertableSource<T> build() {
        return new AltertableSource<>(
                Connection.from(options),
                Scan.of(Scan.relation(options), columns),
                ScanSettings.from(options),
                mapping,
                producedType);
    }
}
