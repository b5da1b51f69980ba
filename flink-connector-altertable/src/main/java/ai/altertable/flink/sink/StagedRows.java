package ai.altertable.flink.sink;

import ai.altertable.flink.format.Chunk;
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
final class StagedRows implements ChunkEncoder {

    private final ChunkEncoder encoder;
    private final Map<Integer, String> notNull;
    private final RowData upsert = GenericRowData.of(StagedOperation.UPSERT.code());
    private final JoinedRowData joined = new JoinedRowData();

    /**
     * @param notNull names of columns by their position
     */
    StagedRows(ChunkEncoder encoder, Map<Integer, String> notNull) {
        this.encoder = encoder;
        this.notNull = Map.copyOf(notNull);
    }

    @Override
    public void add(RowData row) {
        notNull.forEach(
                (position, name) -> {
                    if (row.isNullAt(position)) {
                        throw new RowNotEncodableException(
                                "the column '" + name + "' is NULL, which the table does not take");
                    }
                });
        encoder.add(joined.replace(row, upsert));
    }

    /** A row that holds nothing but a key. */
    void addDeleted(RowData key, StagedOperation operation) {
        encoder.add(joined.replace(key, GenericRowData.of(operation.code())));
    }

    @Override
    public int rows() {
        return encoder.rows();
    }

    @Override
    public long sizeInBytes() {
        return encoder.sizeInBytes();
    }

    @Override
    public Chunk seal() {
        return encoder.seal();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
