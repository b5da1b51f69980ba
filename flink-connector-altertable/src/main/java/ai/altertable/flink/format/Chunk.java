package ai.altertable.flink.format;

import ai.altertable.flink.ChunkFormat;
import ai.altertable.flink.client.Payload;
import ai.altertable.flink.format.ChunkBuffer.Block;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;

/**
 * Sealed rows, a complete file: the unit of upload, of retry and of commit. Its bytes never change,
 * so a retry sends the same ones.
 *
 * <h2>Memory</h2>
 *
 * <p>{@link #release} gives the memory back to the encoder, from any thread. A request that was
 * given up may still be writing: the memory goes back only when the last {@link #writeTo} has
 * ended, so that the bytes of one chunk never appear in the request of another.
 */
public final class Chunk implements Payload {

    /** A socket is fed fastest in pieces of about this size. */
    private static final int PIECE = 64 * 1024;

    private final UUID uuid = UUID.randomUUID();
    private final ChunkFormat format;
    private final int rows;
    private final long sizeInBytes;
    private List<Block> pieces;
    private List<byte[]> memory;
    private final BlockPool pool;

    private int readers;
    private boolean released;

    /** The pieces, in this order, are the bytes; they lie in the memory, which is the pool's. */
    Chunk(
            ChunkFormat format,
            int rows,
            long sizeInBytes,
            List<Block> pieces,
            List<byte[]> memory,
            BlockPool pool) {
        this.format = format;
        this.rows = rows;
        this.sizeInBytes = sizeInBytes;
        this.pieces = List.copyOf(pieces);
        this.memory = List.copyOf(memory);
        this.pool = pool;
    }

    public UUID uuid() {
        return uuid;
    }

    public ChunkFormat format() {
        return format;
    }

    public int rows() {
        return rows;
    }

    @Override
    public long sizeInBytes() {
        return sizeInBytes;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        List<Block> held = beginReading();
        try {
            for (Block piece : held) {
                int end = piece.from() + piece.length();
                for (int from = piece.from(); from < end; from += PIECE) {
                    out.write(piece.bytes(), from, Math.min(PIECE, end - from));
                }
            }
        } finally {
            endReading();
        }
    }

    /** A copy of a part of the bytes. */
    byte[] bytes(long from, int length) {
        byte[] copy = new byte[length];
        List<Block> held = beginReading();
        try {
            // Where the piece begins, seen from the part.
            long start = -from;
            for (Block piece : held) {
                int begin = (int) Math.max(0, Math.min(piece.length(), -start));
                int end = (int) Math.max(0, Math.min(piece.length(), length - start));
                if (begin < end) {
                    System.arraycopy(
                            piece.bytes(),
                            piece.from() + begin,
                            copy,
                            (int) (start + begin),
                            end - begin);
                }
                start += piece.length();
            }
        } finally {
            endReading();
        }
        return copy;
    }

    /** The chunk is not needed any more. Calling it again does nothing. */
    public void release() {
        synchronized (this) {
            if (released) {
                return;
            }
            released = true;
            if (readers > 0) {
                return;
            }
        }
        giveBack();
    }

    private synchronized List<Block> beginReading() {
        if (released) {
            throw new IllegalStateException("chunk " + uuid + " is already released");
        }
        readers++;
        return pieces;
    }

    private void endReading() {
        synchronized (this) {
            readers--;
            if (readers > 0 || !released) {
                return;
            }
        }
        giveBack();
    }

    /** Called once, when nobody reads and nobody can begin to. */
    private void giveBack() {
        memory.forEach(pool::giveBack);
        pieces = List.of();
        memory = List.of();
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "chunk " + uuid + " (" + format + ", " + rows + " rows, " + sizeInBytes + " bytes)";
    }
}
