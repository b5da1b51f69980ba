package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.altertable.flink.ChunkFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Takes chunks apart that a server refuses: because they are too large, or because of a row
 * somewhere in them. Bound to the columns and the codec that the chunks were encoded with. Rarely
 * needed, so it is not as fast as encoding, but it holds no more memory than the halves and a page.
 *
 * <p>The chunk that is taken apart stays what it is; its owner releases it, and whoever asks for
 * halves owns them.
 */
public final class ChunkSplitter {

    private final ColumnBinding binding;
    private final ParquetCodec codec;

    /**
     * @param codec of the chunks that are Parquet; others have none
     */
    public ChunkSplitter(ColumnBinding binding, ParquetCodec codec) {
        this.binding = binding;
        this.codec = codec;
    }

    /** Two chunks of about half the rows each, of two or more, in their order. */
    public List<Chunk> halves(Chunk chunk) {
        int first = (chunk.rows() + 1) / 2;
        if (first == chunk.rows()) {
            throw new IllegalArgumentException(chunk + " cannot be taken apart");
        }
        try {
            if (chunk.format() == ChunkFormat.JSONL) {
                return new JsonlHalves(first, chunk.rows() - first).of(chunk);
            }
            StoredFile file = new StoredFile(chunk, codec);
            return List.of(
                    new ParquetSlice(binding, codec).of(file, 0, first),
                    new ParquetSlice(binding, codec).of(file, first, chunk.rows()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The row of a chunk that has one only, as a JSON object: for a place that people look into, as
     * it holds any type and also what a server refused. See {@link StoredRowJson}.
     */
    public String json(Chunk oneRow) {
        if (oneRow.rows() != 1) {
            throw new IllegalArgumentException(oneRow + " is not one row");
        }
        try {
            if (oneRow.format() == ChunkFormat.JSONL) {
                int lineFeed = 1;
                int length = Math.toIntExact(oneRow.sizeInBytes() - lineFeed);
                return new String(oneRow.bytes(0, length), UTF_8);
            }
            return StoredRowJson.of(new StoredFile(oneRow, codec), binding);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
