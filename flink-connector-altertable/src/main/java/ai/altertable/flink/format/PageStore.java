package ai.altertable.flink.format;

import ai.altertable.flink.format.ChunkBuffer.Block;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of the open chunk. Compressed pages of all columns lie in its blocks in the order in
 * which they came; the file refers to them where they are, so a chunk is in memory once, also while
 * it is sealed.
 */
final class PageStore implements AutoCloseable {

    private static final byte[] NONE = {};

    private final ParquetCodec codec;
    private final PageBytes scratch = new PageBytes();
    private final BlockPool pool = new BlockPool();
    private List<byte[]> blocks = new ArrayList<>();
    private byte[] block = NONE;
    private int position;
    private long size;
    private byte[] compressed = NONE;
    private int[] numbers = {};
    private ParquetCodec.Compressor compressor;

    PageStore(ParquetCodec codec) {
        this.codec = codec;
    }

    ParquetCodec codec() {
        return codec;
    }

    BlockPool pool() {
        return pool;
    }

    /** Where a page is put together before it is compressed. */
    PageBytes scratch() {
        return scratch;
    }

    /** Room for the dictionary numbers of a page. */
    int[] numbers(int length) {
        if (numbers.length < length) {
            numbers = new int[length];
        }
        return numbers;
    }

    /** Bytes stored in the open chunk. */
    long size() {
        return size;
    }

    /** Compresses what is in {@link #scratch}. */
    StoredPage store() {
        int length = compress(0, scratch.length());
        return new StoredPage(append(compressed, length), length, scratch.length());
    }

    /** How long a part of {@link #scratch} would be. */
    int compressedLength(int from, int to) {
        return compress(from, to - from);
    }

    private int compress(int from, int length) {
        if (compressor == null) {
            compressor = codec.open();
        }
        int room = compressor.maxLength(length);
        if (compressed.length < room) {
            compressed = new byte[room];
        }
        return compressor.compress(scratch.array(), from, length, compressed);
    }

    /** Copies bytes into the blocks. */
    List<Block> append(byte[] bytes, int length) {
        List<Block> pieces = new ArrayList<>(2);
        int from = 0;
        while (from < length) {
            if (position == block.length) {
                block = pool.take();
                blocks.add(block);
                position = 0;
            }
            int piece = Math.min(length - from, block.length - position);
            System.arraycopy(bytes, from, block, position, piece);
            pieces.add(new Block(block, position, piece));
            position += piece;
            from += piece;
        }
        size += length;
        return pieces;
    }

    /** Hands the blocks over to the chunk that is made of them, and begins anew. */
    List<byte[]> handOver() {
        List<byte[]> handedOver = blocks;
        pool.sealed();
        close();
        return handedOver;
    }

    /** Lets go of everything that the open chunk holds. */
    @Override
    public void close() {
        if (compressor != null) {
            compressor.close();
            compressor = null;
        }
        blocks = new ArrayList<>();
        block = NONE;
        position = 0;
        size = 0;
    }
}
