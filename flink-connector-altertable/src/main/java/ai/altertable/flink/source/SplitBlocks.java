package ai.altertable.flink.source;

import java.util.ArrayDeque;

/**
 * The blocks of memory in which a reader keeps its splits, used again and again: new ones for each
 * split would be cleared, and then copied by the garbage collector because they live so long.
 * Thread-safe: blocks are taken by an HTTP thread and come back from the task's.
 *
 * <p>There are never more than the splits of one moment needed, which are two at most.
 */
final class SplitBlocks {

    /** Far below the half of G1's smallest region, from which on an array is "humongous". */
    static final int BLOCK_SIZE = 64 * 1024;

    private final ArrayDeque<byte[]> spare = new ArrayDeque<>();

    synchronized byte[] take() {
        byte[] block = spare.pollLast();
        return block == null ? new byte[BLOCK_SIZE] : block;
    }

    /** A block that nobody reads any more. */
    synchronized void giveBack(byte[] block) {
        spare.addLast(block);
    }
}
