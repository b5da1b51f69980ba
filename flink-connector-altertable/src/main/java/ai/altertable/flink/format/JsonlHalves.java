package ai.altertable.flink.format;

import ai.altertable.flink.ChunkFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Cuts a chunk of lines behind one of them. A line feed inside a value is written as \n. */
final class JsonlHalves extends OutputStream {

    private final ChunkBuffer first = new ChunkBuffer();
    private final ChunkBuffer second = new ChunkBuffer();
    private final int firstRows;
    private final int secondRows;
    private int firstRowsLeft;

    JsonlHalves(int firstRows, int secondRows) {
        this.firstRows = firstRows;
        this.secondRows = secondRows;
        this.firstRowsLeft = firstRows;
    }

    List<Chunk> of(Chunk chunk) throws IOException {
        chunk.writeTo(this);
        return List.of(
                first.seal(ChunkFormat.JSONL, firstRows),
                second.seal(ChunkFormat.JSONL, secondRows));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int cut = offset;
        while (cut < offset + length && firstRowsLeft > 0) {
            if (bytes[cut++] == '\n') {
                firstRowsLeft--;
            }
        }
        first.write(bytes, offset, cut - offset);
        second.write(bytes, cut, offset + length - cut);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }
}
