package ai.altertable.flink.table;

import ai.altertable.flink.TableId;
import ai.altertable.flink.source.Scan;
import org.apache.flink.table.types.logical.RowType;

/** Queries to begin with. */
final class TableQueries {

    static final TableId TABLE = new TableId("lake", "main", "t");

    private TableQueries() {}

    static TableQuery of(RowType columns) {
        return TableQuery.of(new Scan.Table(TABLE), columns);
    }
}
