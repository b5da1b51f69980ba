package ai.altertable.flink.format;

import java.io.IOException;
import java.util.Optional;

/**
 * A line of an answer is not what was asked for: no JSON, the wrong number of values, or a value
 * that its column's type cannot hold exactly.
 *
 * <p>The message names the line, the column and the type, never the value: rows are not ours to
 * log. For the same reason the parser's own exception, which quotes its input, is not the cause.
 */
public final class MalformedRowException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long line;
    private final String column;

    MalformedRowException(long line, String reason) {
        super("Line " + line + " of the answer is malformed: " + reason);
        this.line = line;
        this.column = null;
    }

    MalformedRowException(long line, String column, String type, String reason) {
        super(
                ("Line %d of the answer is malformed in column '%s', which is read as %s: %s")
                        .formatted(line, column, type, reason));
        this.line = line;
        this.column = column;
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
