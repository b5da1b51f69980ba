package ai.altertable.flink.format;

import ai.altertable.flink.ChunkFormat;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of the open chunk. Either a stream of bytes, or, for an encoder that writes into the
 * block itself, a sequence of records that each lie in one piece: {@link #require} moves the record
 * begun at {@link #mark} to a new block when it outgrows the current one.
 */
final class ChunkBuffer extends OutputStream {

    /** A part of one block. */
    record Block(byte[] bytes, int from, int length) {}

    /** Before the first byte: perhaps a block comes back before one is needed. */
    private static final byte[] NONE = {};

    private final BlockPool pool = new BlockPool();
    private List<Block> full = new ArrayList<>();
    private long fullSize;
    private byte[] bytes = NONE;
    private int position;
    private int mark;

    BlockPool pool() {
        return pool;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    /** Ends the current record at the position and begins the next one there. */
    void mark(int end) {
        position = end;
        mark = end;
    }

    /** Where the current record begins. */
    int mark() {
        return mark;
    }

    long sizeInBytes() {
        return fullSize + mark;
    }

    /**
     * Makes room for more bytes after {@code end}, the current end of the record, and returns where
     * the record goes on: perhaps elsewhere, in other {@link #bytes()}.
     */
    int require(int end, int more) {
        if (bytes.length - end >= more) {
            return end;
        }
        int begun = end - mark;
        byte[] next =
                begun + more <= BlockPool.BLOCK_SIZE
                        ? pool.take()
                        : new byte[Math.max(begun + more, begun * 2)];
        System.arraycopy(bytes, mark, next, 0, begun);
        closeBlock();
        bytes = next;
        return begun;
    }

    private void closeBlock() {
        if (mark == 0) {
            pool.undoTake(bytes);
        } else {
            full.add(new Block(bytes, 0, mark));
            fullSize += mark;
        }
        position = 0;
        mark = 0;
    }

    @Override
    public void write(int b) {
        if (position == bytes.length) {
            nextBlock();
        }
        bytes[position++] = (byte) b;
        mark = position;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (position == bytes.length) {
                nextBlock();
            }
            int piece = Math.min(left, bytes.length - position);
            System.arraycopy(source, from, bytes, position, piece);
            position += piece;
            mark = position;
            from += piece;
            left -= piece;
        }
    }

    private void nextBlock() {
        closeBlock();
        bytes = pool.take();
    }

    /** Hands all bytes over to a chunk and begins anew. */
    Chunk seal(ChunkFormat format, int rows) {
        closeBlock();
        List<byte[]> memory = full.stream().map(Block::bytes).toList();
        Chunk chunk = new Chunk(format, rows, fullSize, full, memory, pool);
        pool.sealed();
        full = new ArrayList<>();
        fullSize = 0;
        bytes = NONE;
        return chunk;
    }
}
