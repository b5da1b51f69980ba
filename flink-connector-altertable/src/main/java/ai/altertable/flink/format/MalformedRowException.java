package ai.altertable.flink.format;

import ai.altertable.flink.client.Outcome;
import ai.altertable.flink.client.ResultException;
import java.util.Optional;

/**
 * A line of an answer is not what was asked for: no JSON, the wrong number of values, or a value
 * that its column's type cannot hold exactly.
 *
 * <p>The message names the line, the column and the type, never the value: rows are not ours to
 * log. For the same reason the parser's own exception, which quotes its input, is not the cause.
 */
public final class MalformedRowException extends ResultException {

    private static final long serialVersionUID = 1L;

    private final long line;
    private final String column;

    MalformedRowException(long line, String reason) {
        this("Line " + line + " of the answer is malformed: " + reason, line, null);
    }

    MalformedRowException(long line, String column, String type, String reason) {
        this(
                ("Line %d of the answer is malformed in column '%s', which is read as %s: %s")
                        .formatted(line, column, type, reason),
                line,
                column);
    }

    private MalformedRowException(String message, long line, String column) {
        super(message, verdict(line), verdict(line));
        this.line = line;
        this.column = column;
    }

    /** The first line is the same whatever is asked: who gets that wrong is no lakehouse. */
    private static Outcome verdict(long line) {
        return line == QueryRows.METADATA ? Outcome.MISCONFIGURED : Outcome.REJECTED;
    }

    /** The number of the line in the answer; the first is 1, and rows begin with the third. */
    public long line() {
        return line;
    }

    /** The column, and the path inside it, unless the line as a whole is at fault. */
    public Optional<String> column() {
        return Optional.ofNullable(column);
    }
}
