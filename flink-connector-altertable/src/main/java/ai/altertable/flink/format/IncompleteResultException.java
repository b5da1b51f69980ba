package ai.altertable.flink.format;

import ai.altertable.flink.client.Outcome;
import ai.altertable.flink.client.ResultException;

/**
 * An answer ended too early: within a line, or before the columns were named. What was read so far
 * is not the result; asking again may give all of it.
 */
public final class IncompleteResultException extends ResultException {

    private static final long serialVersionUID = 1L;

    private final long line;

    IncompleteResultException(long line, String where) {
        super(
                "The answer is incomplete: it ended " + where + " line " + line,
                Outcome.UNKNOWN,
                Outcome.UNKNOWN);
        this.line = line;
    }

    /** The number of the line that is missing or only half there; the first is 1. */
    public long line() {
        return line;
    }
}
