package ai.altertable.flink.table;

import java.util.Optional;

/**
 * A column by which rows are grouped. Flink puts groups together that it finds equal, so groups may
 * be finer here than there, such as by a time with more digits, but never coarser.
 *
 * @param grouped what DuckDB groups by
 * @param selected what the group is called, in the column's type
 */
record GroupKey(String grouped, String selected) {

    static Optional<GroupKey> of(ColumnValue column) {
        String sql = column.sql();
        return switch (column.type().getTypeRoot()) {
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    DECIMAL,
                    DATE,
                    TIME_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                    VARBINARY ->
                    Optional.of(new GroupKey(sql, sql));
            case VARCHAR -> {
                // By its bytes: a collation would put different texts into one group.
                String bytes = "encode(" + sql + ")";
                yield Optional.of(new GroupKey(bytes, "decode(" + bytes + ")"));
            }
            // -0.0 and 0.0 are one group to DuckDB and two to Flink.
            default -> Optional.empty();
        };
    }
}
