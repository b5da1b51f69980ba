package ai.altertable.local.render;

/** Writes the values of one column; bound to its vector once. */
@FunctionalInterface
interface CellWriter {

    /** Appends the value in this row, {@code null} included. */
    void write(JsonBuffer out, int row);
}
