package ai.altertable.flink.sink;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the statements that delete rows by key, or mark them as deleted, with many keys in each.
 * Running one twice is the same as running it once.
 */
final class KeyStatements {

    /** DuckDB's parser takes more, slowly. */
    private static final int MAX_KEYS = 5_000;

    private static final int MAX_BYTES = 256 * 1024;

    private final String before;
    private final String after;
    private final List<String> written = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();
    private int keys;
    private int bytes;

    /** A statement is what stands before the rows of VALUES, the rows, and what stands after. */
    KeyStatements(String before, String after) {
        this.before = before;
        this.after = after;
    }

    /** Adds a key as a row of VALUES. */
    void add(String row) {
        int length = row.getBytes(StandardCharsets.UTF_8).length + 1;
        if (keys == MAX_KEYS || keys > 0 && bytes + length > MAX_BYTES) {
            end();
        }
        if (keys == 0) {
            statement.append(before);
            bytes = before.length() + after.length();
        } else {
            statement.append(',');
        }
        statement.append(row);
        keys++;
        bytes += length;
    }

    private void end() {
        written.add(statement.append(after).toString());
        statement.setLength(0);
        keys = 0;
    }

    /** The statements with all keys since the last call. */
    List<String> take() {
        if (keys > 0) {
            end();
        }
        List<String> taken = List.copyOf(written);
        written.clear();
        return taken;
    }
}
