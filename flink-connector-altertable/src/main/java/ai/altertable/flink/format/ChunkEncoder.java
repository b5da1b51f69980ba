package ai.altertable.flink.format;

import org.apache.flink.table.data.RowData;

/**
 * Encodes rows straight into the open chunk. An encoder is bound once to the columns that it writes
 * (see {@link ColumnBinding}); nothing about types is looked up per row. Not thread-safe; only the
 * sealed chunks may be handed to other threads.
 *
 * <h2>Failure</h2>
 *
 * <p>A row that cannot be encoded is refused by {@link RowNotEncodableException}, whose message
 * names the column and the reason but never the content, and leaves the open chunk as it was.
 */
public interface ChunkEncoder extends AutoCloseable {

    void add(RowData row);

    /** Rows in the open chunk. */
    int rows();

    /** The size that the open chunk would have if it were sealed now, or close to it; cheap. */
    long sizeInBytes();

    /** Closes the open chunk, which holds at least one row, and opens the next one. */
    Chunk seal();

    /** Drops the open chunk. Sealed chunks stay what they are. */
    @Override
    default void close() {}
}
