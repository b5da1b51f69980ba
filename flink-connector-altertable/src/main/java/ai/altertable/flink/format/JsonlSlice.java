package ai.altertable.flink.format;

import ai.altertable.flink.ChunkFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;

/** Some lines of a chunk as a chunk of their own. A line feed inside a value is written as \n. */
final class JsonlSlice extends OutputStream {

    private final ChunkBuffer kept = new ChunkBuffer();
    private final BitSet rows;
    private int row;

    /**
     * @param rows which ones, counted from 0
     */
    JsonlSlice(BitSet rows) {
        this.rows = rows;
    }

    Chunk of(Chunk chunk) throws IOException {
        chunk.writeTo(this);
        return kept.seal(ChunkFormat.JSONL, rows.cardinality());
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int from = offset; from < end; ) {
            int to = from;
            while (to < end && bytes[to] != '\n') {
                to++;
            }
            boolean whole = to < end;
            int next = whole ? to + 1 : to;
            if (rows.get(row)) {
                kept.write(bytes, from, next - from);
            }
            row += whole ? 1 : 0;
            from = next;
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }
}
