package ai.altertable.flink.client;

import ai.altertable.flink.TableId;
import java.util.List;
import java.util.Optional;

/**
 * A file of rows that update those with the same key, or are inserted. At most one row of a key,
 * and no NULL in one: the server does not check either.
 *
 * @param primaryKey the columns of the key
 * @param cursorField the column by which the newest row wins
 * @param format the API's word for the format of the file: {@code json}, {@code parquet}
 */
public record Upsert(
        TableId table,
        List<String> primaryKey,
        Optional<String> cursorField,
        String format,
        Payload payload) {

    public Upsert {
        primaryKey = List.copyOf(primaryKey);
        if (primaryKey.isEmpty()) {
            throw new IllegalArgumentException("An upsert to " + table + " needs a primary key");
        }
        checkKey(primaryKey);
    }

    /** Whether the API can be told of these columns; otherwise says why not. */
    public static void checkKey(List<String> primaryKey) {
        primaryKey.forEach(Upsert::checkSayable);
    }

    /** The API takes names with commas between them, and trims each. */
    private static void checkSayable(String column) {
        if (column.isEmpty() || column.contains(",") || !column.strip().equals(column)) {
            throw new IllegalArgumentException(
                    "The key column \""
                            + column
                            + "\" cannot be named in an upsert: the API separates names by commas"
                            + " and trims them. Rename the column in the table");
        }
    }

    Purpose purpose() {
        return new Purpose(Operation.UPSERT, table.toString());
    }

    /** Shows no payload. */
    @Override
    public String toString() {
        return purpose().toString();
    }
}
