package ai.altertable.flink.format;

import java.io.IOException;

/**
 * An answer ended too early: within a line, or before the columns were named. What was read so far
 * is not the result; asking again may give all of it.
 */
public final class IncompleteResultException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long line;

    IncompleteResultException(long line, String where) {
        super("The answer is incomplete: it ended " + where + " line " + line);
        this.line = line;
    }

    /** The number of the line that is missing or only half there; the first is 1. */
    public long line() {
        return line;
    }
}
