package ai.altertable.flink.sink;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.format.ChunkEncoder;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/** Every row is a new one. */
final class AppendedRows implements OpenChunk {

    private final ChunkEncoder encoder;

    AppendedRows(ChunkEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public void add(RowData row) {
        if (row.getRowKind() != RowKind.INSERT) {
            throw new IllegalStateException(
                    "A row of the kind "
                            + row.getRowKind()
                            + " came to a sink that only appends. Give it a primary key, and leave"
                            + " the option '"
                            + AltertableOptions.SINK_WRITE_MODE.key()
                            + "' at 'auto' or set it to 'upsert'");
        }
        encoder.add(row);
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
    public Batch seal() {
        return Batch.of(encoder.seal());
    }

    @Override
    public void close() {
        encoder.close();
    }
}
