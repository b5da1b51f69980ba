package ai.altertable.flink.sink;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.DeleteMode;
import ai.altertable.flink.format.Chunk;
import ai.altertable.flink.format.ChunkEncoder;
import ai.altertable.flink.format.ChunkSplitter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/**
 * The last row of each key, and the keys that end deleted.
 *
 * <h2>How</h2>
 *
 * <p>Every row is encoded when it comes, as when appending; a row that a later one of its key
 * supersedes is marked. Only if there are such rows, the chunk is written anew without them when it
 * is sealed. So a stream without repeated keys pays for looking them up and nothing else, and
 * superseded rows count as what they are, memory, until then.
 *
 * <h2>Which row is the last</h2>
 *
 * <ul>
 *   <li>The one that came last; with a {@link Cursor}, the first one with the greatest value, and
 *       none after a NULL: as the server decides between a file's row and the table's.
 *   <li>An UPDATE_BEFORE deletes its key, unless an UPDATE_AFTER of the same key follows in the
 *       chunk: then both are one update. {@link #isAmidUpdate} keeps the two together.
 *   <li>A DELETE deletes its key, whatever the cursor says. If a row follows, the key is still
 *       deleted before it where the row alone would not leave the same behind.
 *   <li>A soft delete leaves the row: it is upserted, and marked afterwards.
 * </ul>
 */
final class LatestByKey implements OpenChunk {

    private static final int NO_ROW = -1;
    private static final int FIRST = 1024;

    /** The key ends deleted. */
    private static final byte DELETED = 1;

    /** The key was deleted before its row came. */
    private static final byte DELETED_BEFORE = 2;

    /** The key ends deleted unless the other half of the update follows. */
    private static final byte RETRACTED = 4;

    /**
     * @param deleteMode what a deleted key becomes
     * @param rowUndoesDelete whether a delete and an upsert of a key leave the same as the upsert
     */
    record Rules(DeleteMode deleteMode, boolean rowUndoesDelete) {}

    /** What is deleted before the rows are upserted, and what is marked after. */
    record Deletes(DeletedKeys before, DeletedKeys after) {}

    private final ChunkEncoder encoder;
    private final ChunkSplitter splitter;
    private final KeyIndex keys;
    private final Deletes deletes;
    private final Cursor cursor;
    private final Rules rules;

    /** By the number of the key. */
    private int[] rowOfKey = new int[FIRST];

    private byte[] stateOfKey = new byte[FIRST];

    private final BitSet superseded = new BitSet();
    private int deletedKeys;
    private boolean amidUpdate;

    LatestByKey(
            ChunkEncoder encoder,
            ChunkSplitter splitter,
            KeyColumns columns,
            Deletes deletes,
            Cursor cursor,
            Rules rules) {
        this.encoder = encoder;
        this.splitter = splitter;
        this.keys = new KeyIndex(columns);
        this.deletes = deletes;
        this.cursor = cursor;
        this.rules = rules;
    }

    @Override
    public void add(RowData row) {
        switch (row.getRowKind()) {
            case INSERT, UPDATE_AFTER -> upsert(row);
            case UPDATE_BEFORE -> retract(row);
            case DELETE -> delete(row);
        }
    }

    private void upsert(RowData row) {
        int key = numberOf(row);
        if ((stateOfKey[key] & RETRACTED) != 0) {
            stateOfKey[key] &= ~RETRACTED;
            if (row.getRowKind() == RowKind.INSERT) {
                endDeleted(key);
            }
        }
        int before = rowOfKey[key];
        boolean wins = before == NO_ROW || cursor.isNewer(row, key);
        if (wins) {
            encoder.add(row);
            cursor.remember(row, key);
            rowOfKey[key] = encoder.rows() - 1;
            supersede(before);
            if ((stateOfKey[key] & DELETED) != 0) {
                stateOfKey[key] = DELETED_BEFORE;
            }
        }
        amidUpdate = false;
    }

    private void retract(RowData row) {
        if (rules.deleteMode() == DeleteMode.IGNORE) {
            return;
        }
        deletes.before().check(row);
        // Not in one expression: a new key may need a larger array than the one it begins with.
        int key = numberOf(row);
        stateOfKey[key] |= RETRACTED;
        amidUpdate = true;
    }

    private void delete(RowData row) {
        if (rules.deleteMode() == DeleteMode.IGNORE) {
            return;
        }
        checkDeletesAreExpected();
        deletes.before().check(row);
        endDeleted(numberOf(row));
        amidUpdate = false;
    }

    private void endDeleted(int key) {
        stateOfKey[key] |= DELETED;
        if (rules.deleteMode() == DeleteMode.HARD) {
            supersede(rowOfKey[key]);
            rowOfKey[key] = NO_ROW;
        }
    }

    private void checkDeletesAreExpected() {
        if (rules.deleteMode() == DeleteMode.FAIL) {
            throw new IllegalStateException(
                    "A row of the changelog deletes, and the option '"
                            + AltertableOptions.SINK_DELETE_MODE.key()
                            + "' is 'fail'");
        }
    }

    private void supersede(int row) {
        if (row != NO_ROW) {
            superseded.set(row);
        }
    }

    private int numberOf(RowData row) {
        int known = keys.size();
        int key = keys.number(row);
        if (key == known) {
            if (key == rowOfKey.length) {
                rowOfKey = Arrays.copyOf(rowOfKey, key * 2);
                stateOfKey = Arrays.copyOf(stateOfKey, key * 2);
            }
            rowOfKey[key] = NO_ROW;
            stateOfKey[key] = 0;
        }
        return key;
    }

    /** Keys count as well: a chunk may hold nothing but deletes. */
    @Override
    public int rows() {
        return Math.max(encoder.rows(), keys.size());
    }

    @Override
    public long sizeInBytes() {
        return (encoder.rows() == 0 ? 0 : encoder.sizeInBytes()) + keys.sizeInBytes();
    }

    @Override
    public boolean isAmidUpdate() {
        return amidUpdate;
    }

    @Override
    public Batch seal() {
        for (int key = 0; key < keys.size(); key++) {
            settle(key);
        }
        Batch batch =
                new Batch(deletes.before().take(), sealRows(), deletes.after().take(), deletedKeys);
        keys.clear();
        cursor.clear();
        superseded.clear();
        deletedKeys = 0;
        amidUpdate = false;
        return batch;
    }

    private void settle(int key) {
        if ((stateOfKey[key] & RETRACTED) != 0) {
            checkDeletesAreExpected();
            endDeleted(key);
        }
        byte state = stateOfKey[key];
        boolean hasRow = rowOfKey[key] != NO_ROW;
        boolean goes = (state & DELETED) != 0;
        boolean goesBefore = hasRow && (state & DELETED_BEFORE) != 0 && !rules.rowUndoesDelete();
        if (goesBefore || goes && !hasRow) {
            delete(key, deletes.before());
        }
        if (goes && hasRow) {
            delete(key, deletes.after());
        }
    }

    private void delete(int key, DeletedKeys deleted) {
        deleted.add(keys.key(key));
        deletedKeys++;
    }

    private Optional<Chunk> sealRows() {
        int rows = encoder.rows();
        if (rows == 0) {
            return Optional.empty();
        }
        Chunk chunk = encoder.seal();
        if (superseded.isEmpty()) {
            return Optional.of(chunk);
        }
        superseded.flip(0, rows);
        try {
            return superseded.isEmpty()
                    ? Optional.empty()
                    : Optional.of(splitter.rows(chunk, superseded));
        } finally {
            chunk.release();
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
