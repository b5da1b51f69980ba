package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.altertable.flink.ChunkFormat;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;
import java.util.StringJoiner;
import org.apache.flink.table.data.RowData;

/**
 * Takes chunks apart that a server refuses, because they are too large or because of a row
 * somewhere in them, and leaves out rows that others have superseded. Bound to the columns and the
 * codec that the chunks were encoded with. Rarely needed, so it is not as fast as encoding, but it
 * holds no more memory than the halves and a page.
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
        return List.of(rows(chunk, 0, first), rows(chunk, first, chunk.rows()));
    }

    private Chunk rows(Chunk chunk, int from, int to) {
        BitSet rows = new BitSet();
        rows.set(from, to);
        return rows(chunk, rows);
    }

    /**
     * A chunk of some of the rows, in their order.
     *
     * @param rows which ones, counted from 0; at least one
     */
    public Chunk rows(Chunk chunk, BitSet rows) {
        try {
            return chunk.format() == ChunkFormat.JSONL
                    ? new JsonlSlice(rows).of(chunk)
                    : new ParquetSlice(binding, codec).of(new StoredFile(chunk, codec), rows);
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

    /**
     * What can be said of a row that no chunk takes, as a JSON object: the values that cannot be
     * encoded are null.
     */
    public String json(RowData refused) {
        StringJoiner fields = new StringJoiner(",", "{", "}");
        for (int i = 0; i < binding.size(); i++) {
            if (binding.position(i) < refused.getArity()) {
                fields.add(field(binding.only(i), refused));
            }
        }
        return fields.toString();
    }

    private static String field(ColumnBinding column, RowData row) {
        try (ParquetEncoder encoder = new ParquetEncoder(column, ParquetCodec.NONE)) {
            encoder.add(row);
            String object = new ChunkSplitter(column, ParquetCodec.NONE).json(encoder.seal());
            return object.substring(1, object.length() - 1);
        } catch (RowNotEncodableException e) {
            char[] name = JsonStringEncoder.getInstance().quoteAsString(column.names().get(0));
            return '"' + new String(name) + "\":null";
        }
    }
}
