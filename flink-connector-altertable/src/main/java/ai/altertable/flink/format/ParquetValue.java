package ai.altertable.flink.format;

import org.apache.flink.table.data.RowData;

/**
 * Writes the values of one type into the columns that are its leaves, bound to them once.
 *
 * <h2>Levels</h2>
 *
 * <p>The definition level that is passed on counts what is there above the value; a value that may
 * be NULL adds one when it is not.
 */
abstract class ParquetValue {

    private final String path;
    private final boolean required;

    ParquetValue(String path, boolean required) {
        this.path = path;
        this.required = required;
    }

    final void write(RowData row, int field, int repetition, int definition) {
        if (!row.isNullAt(field)) {
            writePresent(row, field, repetition, required ? definition : definition + 1);
        } else if (required) {
            throw refused("the key of a map is NULL");
        } else {
            writeMissing(repetition, definition);
        }
    }

    /** The definition level counts the value. */
    abstract void writePresent(RowData row, int field, int repetition, int definition);

    /** One entry without a value in every column below. */
    abstract void writeMissing(int repetition, int definition);

    final RowNotEncodableException refused(String reason) {
        return new RowNotEncodableException(path + ": " + reason);
    }
}
