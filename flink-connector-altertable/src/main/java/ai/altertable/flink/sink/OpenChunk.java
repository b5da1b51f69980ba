package ai.altertable.flink.sink;

import org.apache.flink.table.data.RowData;

/** Rows that are gathered until they are sealed. For one thread. */
interface OpenChunk extends AutoCloseable {

    /**
     * Adds a row, or refuses it by a {@link ai.altertable.flink.format.RowNotEncodableException}
     * and stays what it was.
     */
    void add(RowData row);

    /** How many rows it holds, with those that others have superseded. */
    int rows();

    /** How much memory the rows take, about. */
    long sizeInBytes();

    /** Whether it would be a pity to seal now, since the next row belongs to the last one. */
    default boolean isAmidUpdate() {
        return false;
    }

    /** Ends the chunk, which holds a row at least, and begins the next one. */
    Batch seal();

    /** Drops what it holds. */
    @Override
    void close();
}
