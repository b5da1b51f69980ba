package ai.altertable.flink.format;

import ai.altertable.flink.ChunkFormat;
import org.apache.flink.table.data.RowData;

/**
 * One JSON object per line, written straight into the chunk's memory: no tree, no text object, no
 * object per row of its own.
 */
public final class JsonlEncoder implements ChunkEncoder {

    private final ChunkBuffer buffer = new ChunkBuffer();
    private final JsonObject object;
    private int rows;

    /** The binding must be one that {@link TypeMapping} allows for {@link ChunkFormat#JSONL}. */
    public JsonlEncoder(ColumnBinding binding) {
        object = new JsonObject(binding, "");
    }

    @Override
    public void add(RowData row) {
        int end = object.writeFields(row, buffer, buffer.mark());
        if (end - buffer.mark() > JsonValue.MAX_ROW) {
            throw JsonValue.rowTooLong();
        }
        buffer.bytes()[end] = '\n';
        buffer.mark(end + 1);
        rows++;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public long sizeInBytes() {
        return buffer.sizeInBytes();
    }

    @Override
    public Chunk seal() {
        Chunk chunk = buffer.seal(ChunkFormat.JSONL, rows);
        rows = 0;
        return chunk;
    }
}
