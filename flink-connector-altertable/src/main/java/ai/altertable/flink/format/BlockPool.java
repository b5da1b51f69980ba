package ai.altertable.flink.format;

import java.util.ArrayDeque;

/**
 * The blocks of memory that chunks are made of, used again and again. Thread-safe: blocks are taken
 * by the encoder's thread and come back from the thread that finished an upload.
 *
 * <p>Spare blocks and the open chunk together are never more than the largest chunk so far, so what
 * an encoder holds is one open chunk plus the sealed ones.
 */
final class BlockPool {

    /** Far below the half of G1's smallest region, from which on an array is "humongous". */
    static final int BLOCK_SIZE = 256 * 1024;

    private final ArrayDeque<byte[]> spare = new ArrayDeque<>();
    private int open;
    private int largest;

    synchronized byte[] take() {
        open++;
        byte[] block = spare.pollLast();
        return block == null ? new byte[BLOCK_SIZE] : block;
    }

    /** The blocks taken since the last call now belong to a sealed chunk. */
    synchronized void sealed() {
        largest = Math.max(largest, open);
        open = 0;
    }

    /** A block of a sealed chunk that nobody reads any more. */
    synchronized void giveBack(byte[] block) {
        // A block of another size was made for one large row.
        if (block.length == BLOCK_SIZE && open + spare.size() < largest) {
            spare.addLast(block);
        }
    }

    /** A block that was taken and then not used. */
    synchronized void undoTake(byte[] block) {
        if (block.length == BLOCK_SIZE) {
            open--;
            spare.addLast(block);
        }
    }

    synchronized int spareBlocks() {
        return spare.size();
    }
}
