package ai.altertable.flink.format;

import ai.altertable.flink.ChunkFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.flink.table.data.RowData;
import org.apache.parquet.format.ColumnChunk;

/**
 * One Parquet file of one row group per chunk. Rows gather column by column; a batch of them
 * becomes one compressed page per column; sealing adds the headers and the footer and copies no
 * page. Headers and the footer are written by parquet-java's format library.
 *
 * <h2>Two threads</h2>
 *
 * <p>A full batch becomes pages in another thread, while the next one gathers in the caller's. They
 * meet when that one is full, and when the chunk is sealed, whose last batch the caller ends
 * himself: so a small chunk never leaves his thread.
 *
 * <h2>Memory</h2>
 *
 * <p>The open chunk's compressed pages; two batches of at most {@value #MAX_BATCH_BYTES} bytes and
 * a row, whatever the number of columns; and what is needed to encode the largest page. All of it
 * is used again for the next chunk. {@link #close} lets go of an open chunk that is not wanted any
 * more.
 */
public final class ParquetEncoder implements ChunkEncoder {

    private static final int MAX_BATCH_ROWS = 32 * 1024;
    private static final long MAX_BATCH_BYTES = 4 * 1024 * 1024;

    /** What the footer says of a column and of a page, about. */
    private static final int COLUMN_FOOTER = 160;

    private static final int PAGE_FOOTER = 60;

    private final ParquetRow row;
    private final ParquetColumn[] columns;
    private final ParquetColumn[] variableColumns;
    private final PageStore store;
    private final int fixedRowSize;
    private final int maxBatchRows;
    private final Executor pageThread;
    private CompletableFuture<Void> pages = CompletableFuture.completedFuture(null);
    private int rows;
    private int batchRows;
    private int batches;
    private long batchSize;

    /** Of the batch that becomes pages. */
    private long asideSize;

    /** Of the pages before. */
    private long storedSize;

    /** What a byte of a batch becomes in the file; measured as soon as there is a page. */
    private double ratio = 0.5;

    /** All in the caller's thread. */
    public ParquetEncoder(ColumnBinding binding, ParquetCodec codec) {
        this(binding, codec, Runnable::run);
    }

    /**
     * The binding must be one that {@link TypeMapping} allows for {@link ChunkFormat#PARQUET}.
     *
     * @param pageThread where full batches become pages, one at a time
     */
    public ParquetEncoder(ColumnBinding binding, ParquetCodec codec, Executor pageThread) {
        this(binding, codec, pageThread, MAX_BATCH_ROWS);
    }

    /** For tests that want many pages of few rows. */
    ParquetEncoder(
            ColumnBinding binding, ParquetCodec codec, Executor pageThread, int maxBatchRows) {
        this.pageThread = pageThread;
        this.maxBatchRows = maxBatchRows;
        row = new ParquetRow(binding);
        columns = row.columns().toArray(ParquetColumn[]::new);
        variableColumns =
                row.columns().stream()
                        .filter(ParquetColumn::isVariable)
                        .toArray(ParquetColumn[]::new);
        fixedRowSize = row.columns().stream().mapToInt(ParquetColumn::fixedSize).sum();
        store = new PageStore(codec);
    }

    @Override
    public void add(RowData rowData) {
        try {
            row.write(rowData);
        } catch (RuntimeException e) {
            for (ParquetColumn column : columns) {
                column.truncate(batchRows);
            }
            throw e;
        }
        rows++;
        batchRows++;
        long size = (long) fixedRowSize * batchRows;
        for (ParquetColumn column : variableColumns) {
            size += column.batchSize();
        }
        batchSize = size;
        if (batchRows == maxBatchRows || isFullPage(batchRows, size)) {
            putBatchAside();
            pages = CompletableFuture.runAsync(this::writePages, pageThread);
        }
    }

    static boolean isFullPage(int rows, long size) {
        return rows >= MAX_BATCH_ROWS || size > MAX_BATCH_BYTES;
    }

    BlockPool pool() {
        return store.pool();
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public long sizeInBytes() {
        if (pages.isDone()) {
            awaitPages();
        }
        long footer = (long) columns.length * (COLUMN_FOOTER + PAGE_FOOTER * (batches + 1));
        return storedSize + (long) ((asideSize + batchSize) * ratio) + footer;
    }

    @Override
    public Chunk seal() {
        if (batchRows > 0) {
            putBatchAside();
            writePages();
        }
        awaitPages();
        ParquetFile file = new ParquetFile(store);
        try {
            write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Chunk chunk =
                new Chunk(
                        ChunkFormat.PARQUET,
                        rows,
                        file.position(),
                        file.pieces(),
                        store.handOver(),
                        store.pool());
        startChunk();
        return chunk;
    }

    @Override
    public void close() {
        // It ends soon, and its failure is nobody's concern any more.
        pages.exceptionally(failure -> null).join();
        pages = CompletableFuture.completedFuture(null);
        for (ParquetColumn column : columns) {
            column.startChunk();
        }
        store.close();
        startChunk();
    }

    private void write(ParquetFile file) throws IOException {
        List<ColumnChunk> chunks = new ArrayList<>(columns.length);
        if (rows > 0) {
            for (ParquetColumn column : columns) {
                chunks.add(column.endChunk(file, store));
            }
        }
        file.writeFooter(row.schema(), chunks, rows);
    }

    private void startChunk() {
        rows = 0;
        batches = 0;
        batchRows = 0;
        batchSize = 0;
        asideSize = 0;
        storedSize = 0;
    }

    private void putBatchAside() {
        awaitPages();
        for (ParquetColumn column : columns) {
            column.endBatch();
        }
        batches++;
        asideSize = batchSize;
        batchRows = 0;
        batchSize = 0;
    }

    private void writePages() {
        for (ParquetColumn column : columns) {
            column.endPage(store);
        }
    }

    /** What is written is seen here, and what has failed is told. */
    private void awaitPages() {
        try {
            pages.join();
        } catch (CompletionException e) {
            // Flink looks at errors of the JVM as they are.
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
        if (asideSize > 0) {
            ratio = (double) (store.size() - storedSize) / asideSize;
        }
        storedSize = store.size();
        asideSize = 0;
    }
}
