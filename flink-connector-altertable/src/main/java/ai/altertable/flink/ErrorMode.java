package ai.altertable.flink;

import java.util.Locale;

/** What becomes of a row that cannot be written, whatever is tried. */
public enum ErrorMode {
    /** The job fails. */
    FAIL,

    /** The row is dropped, counted and logged without its content. */
    SKIP,

    /** The row goes to a table of its own, with the reason. */
    DEAD_LETTER;

    /** The value of the option, by which Flink also finds the constant. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
