package ai.altertable.flink.sink;

import ai.altertable.flink.format.Chunk;
import java.util.BitSet;
import java.util.List;
import org.apache.flink.table.data.RowData;

/** Works on rows that are encoded already. */
final class EncodedRows implements Splitting {

    @Override
    public List<Chunk> halves(Chunk chunk) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Chunk without(Chunk chunk, BitSet rows) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String json(Chunk chunk) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String json(RowData row) {
        throw new UnsupportedOperationException();
    }
}
