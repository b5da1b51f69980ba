package ai.altertable.flink.table;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.Connection;
import ai.altertable.flink.FilterHandling;
import ai.altertable.flink.format.TypeMapping;
import ai.altertable.flink.source.ScanSettings;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * How a table is read, whatever is asked of it.
 *
 * @param parallelism empty: Flink's
 */
record ReadSettings(
        Connection connection,
        ScanSettings scan,
        FilterHandling filters,
        Optional<Integer> parallelism) {

    static ReadSettings from(ReadableConfig options, RowType columns) {
        ScanSettings scan = ScanSettings.from(options);
        checkOrder(scan.partitionColumn(), columns);
        // Refuses types without a counterpart, all of them in one message.
        TypeMapping.ddl(columns);
        return new ReadSettings(
                Connection.from(options),
                scan,
                options.get(AltertableOptions.FILTER_HANDLING_POLICY),
                options.getOptional(FactoryUtil.SOURCE_PARALLELISM));
    }

    /**
     * Refuses a column whose values have no order. One that is not declared is looked for when the
     * job starts.
     */
    private static void checkOrder(String column, RowType columns) {
        columns.getFields().stream()
                .filter(field -> field.getName().equalsIgnoreCase(column))
                .map(RowType.RowField::getType)
                .filter(type -> !hasOrder(type))
                .findFirst()
                .ifPresent(
                        type -> {
                            throw new ValidationException(
                                    "Option '%s' names the column %s, but values of %s have no order by which to divide a table: name a column of numbers, times or texts"
                                            .formatted(
                                                    AltertableOptions.SCAN_PARTITION_COLUMN.key(),
                                                    column,
                                                    type.asSummaryString()));
                        });
    }

    private static boolean hasOrder(LogicalType type) {
        return switch (type.getTypeRoot()) {
            case ARRAY, MAP, MULTISET, ROW, BINARY, VARBINARY -> false;
            default -> true;
        };
    }
}
