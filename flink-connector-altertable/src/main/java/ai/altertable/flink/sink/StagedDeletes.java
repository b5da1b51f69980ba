package ai.altertable.flink.sink;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.table.data.RowData;

/** Deletes by rows in the chunk that hold nothing but the key. */
final class StagedDeletes implements DeletedKeys {

    private final StagedRows rows;
    private final KeyColumns columns;
    private final int fields;
    private final StagedOperation operation;

    /**
     * @param fields how many a row has
     */
    StagedDeletes(StagedRows rows, KeyColumns columns, int fields, StagedOperation operation) {
        this.rows = rows;
        this.columns = columns;
        this.fields = fields;
        this.operation = operation;
    }

    @Override
    public void check(RowData row) {}

    @Override
    public void add(ByteBuffer key) {
        rows.addDeleted(columns.row(key, fields), operation);
    }

    @Override
    public List<String> take() {
        return List.of();
    }
}
