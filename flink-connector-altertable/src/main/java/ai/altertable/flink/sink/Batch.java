package ai.altertable.flink.sink;

import ai.altertable.flink.format.Chunk;
import java.util.List;
import java.util.Optional;

/**
 * What one sealed chunk asks of the lakehouse, in this order.
 *
 * @param statements delete rows by key, or mark them; each may run twice
 * @param keysInStatements how many rows of the changelog they stand for
 * @param rows are appended or upserted
 */
record Batch(List<String> statements, int keysInStatements, Optional<Chunk> rows) {

    /** Of a chunk whose rows were all refused. */
    static final Batch EMPTY = new Batch(List.of(), 0, Optional.empty());

    static Batch of(Chunk rows) {
        return new Batch(List.of(), 0, Optional.of(rows));
    }
}
