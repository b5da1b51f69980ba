package ai.altertable.flink.sink;

import ai.altertable.flink.format.ChunkEncoder;
import ai.altertable.flink.format.RowNotEncodableException;
import java.util.Map;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;

/**
 * Encodes rows as they are staged, with the {@link StagedOperation} as one column more. What the
 * table would refuse at the commit, with no way back, is refused here as far as it can be known.
 */
final class StagedRows extends WrappedEncoder {

    private final Map<Integer, String> names;
    private final int[] notNull;
    private final RowData upsert = GenericRowData.of(StagedOperation.UPSERT.code());
    private final JoinedRowData joined = new JoinedRowData();

    /**
     * @param notNull names of columns by their position
     */
    StagedRows(ChunkEncoder encoder, Map<Integer, String> notNull) {
        super(encoder);
        this.names = Map.copyOf(notNull);
        this.notNull = notNull.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void add(RowData row) {
        for (int position : notNull) {
            if (row.isNullAt(position)) {
                throw new RowNotEncodableException(
                        "the column '"
                                + names.get(position)
                                + "' is NULL, which the table does not take");
            }
        }
        encoder().add(joined.replace(row, upsert));
    }

    /** A row that holds nothing but a key. */
    void addDeleted(RowData key, StagedOperation operation) {
        encoder().add(joined.replace(key, GenericRowData.of(operation.code())));
    }
}
