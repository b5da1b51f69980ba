package ai.altertable.flink.sink;

import ai.altertable.flink.format.Chunk;
import ai.altertable.flink.format.ChunkEncoder;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.table.data.RowData;

/** The rows of one batch that cannot be written: how many, why, and their dead letters. */
final class RejectedRows {

    private final Optional<DeadLetters> deadLetters;
    private ChunkEncoder letters;
    private int count;
    private String firstReason = "";

    RejectedRows(Optional<DeadLetters> deadLetters) {
        this.deadLetters = deadLetters;
    }

    /**
     * @param json the row; only asked for if there is a table for it
     */
    void add(String reason, Supplier<String> json) {
        if (count++ == 0) {
            firstReason = reason;
        }
        deadLetters.ifPresent(table -> add(table, table.letter(reason, json.get())));
    }

    private void add(DeadLetters table, RowData letter) {
        if (letters == null) {
            letters = table.newChunk();
        }
        letters.add(letter);
    }

    int count() {
        return count;
    }

    String firstReason() {
        return firstReason;
    }

    long sizeInBytes() {
        return letters == null ? 0 : letters.sizeInBytes();
    }

    /** The dead letters, if there are any; once. */
    Optional<Chunk> seal() {
        Optional<Chunk> sealed = Optional.ofNullable(letters).map(ChunkEncoder::seal);
        letters = null;
        return sealed;
    }
}
