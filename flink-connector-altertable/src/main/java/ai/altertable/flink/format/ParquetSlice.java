package ai.altertable.flink.format;

import ai.altertable.flink.ChunkFormat;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.SchemaElement;

/**
 * Some rows of a chunk, one behind the other, as a chunk of their own. Rows are never put together:
 * the entries of one column after the other are read and written again, a page at a time.
 */
final class ParquetSlice {

    private final List<SchemaElement> schema;
    private final Queue<ParquetColumn> columns;
    private final PageStore store;

    ParquetSlice(ColumnBinding binding, ParquetCodec codec) {
        ParquetRow row = new ParquetRow(binding);
        this.schema = row.schema();
        this.columns = new ArrayDeque<>(row.columns());
        this.store = new PageStore(codec);
    }

    /**
     * To be called once.
     *
     * @param rows which ones, counted from 0
     */
    Chunk of(StoredFile source, BitSet rows) throws IOException {
        ParquetFile file = new ParquetFile(store);
        List<ColumnChunk> chunks = new ArrayList<>();
        // A column that is done is let go, with the memory of its largest page.
        while (!columns.isEmpty()) {
            ParquetColumn column = columns.remove();
            copy(source.column(chunks.size(), column.leaf()), column, rows);
            chunks.add(column.endChunk(file, store));
        }
        int count = rows.cardinality();
        file.writeFooter(schema, chunks, count);
        return new Chunk(
                ChunkFormat.PARQUET,
                count,
                file.position(),
                file.pieces(),
                store.handOver(),
                store.pool());
    }

    private void copy(StoredColumn source, ParquetColumn column, BitSet rows) throws IOException {
        int row = -1;
        int pageRows = 0;
        boolean wanted = false;
        while (source.next()) {
            if (source.repetition() == 0) {
                row++;
                if (row == rows.length()) {
                    break;
                }
                wanted = rows.get(row);
                if (wanted && ParquetEncoder.isFullPage(pageRows, column.batchSize())) {
                    endPage(column);
                    pageRows = 0;
                }
                pageRows += wanted ? 1 : 0;
            }
            if (!wanted) {
                continue;
            }
            if (source.isPresent()) {
                column.addStored(source);
            } else {
                column.addMissing(source.repetition(), source.definition());
            }
        }
        endPage(column);
    }

    private void endPage(ParquetColumn column) {
        column.endBatch();
        column.endPage(store);
    }
}
