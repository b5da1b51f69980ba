package ai.altertable.flink.format;

import ai.altertable.flink.format.ChunkBuffer.Block;
import java.util.List;

/** A compressed page in the chunk's memory, in one piece or, across the end of a block, several. */
record StoredPage(List<Block> pieces, int size, int rawSize) {}
