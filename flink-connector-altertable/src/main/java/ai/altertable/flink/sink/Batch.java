package ai.altertable.flink.sink;

import ai.altertable.flink.format.Chunk;
import java.util.List;
import java.util.Optional;

/**
 * What one sealed chunk asks of the lakehouse, in this order.
 *
 * @param before statements that delete rows by key, or mark them; each may run twice
 * @param rows are appended or upserted
 * @param after more such statements
 * @param keys how many the statements name
 */
record Batch(List<String> before, Optional<Chunk> rows, List<String> after, int keys) {

    /** Of a chunk whose rows were all refused. */
    static final Batch EMPTY = new Batch(List.of(), Optional.empty(), List.of(), 0);

    static Batch of(Chunk rows) {
        return new Batch(List.of(), Optional.of(rows), List.of(), 0);
    }
}
