package ai.altertable.flink.format;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.table.data.RowData;

/**
 * The rows of one answer, pulled one by one.
 *
 * <h2>The end</h2>
 *
 * There is no end marker, so the result is complete when {@link #next} has returned null, and only
 * then: the stream ended cleanly and no line was left half. The last line may lack its line feed if
 * it is whole: an array that was cut is never an array.
 *
 * <h2>Failures</h2>
 *
 * A {@link QueryErrorException} when the server reports an error, in whatever line; a {@link
 * MalformedRowException} when a line is not what was asked for; an {@link
 * IncompleteResultException} when the answer ends too early; and what the stream itself throws.
 * After a failure there are no more rows: {@code next} fails again.
 */
public final class QueryRows {

    /** A row of more bytes is no row of ours; without a bound, garbage would fill the memory. */
    static final int MAX_LINE = 256 * 1024 * 1024;

    /** The numbers of the lines: the head, then one row each. */
    static final long METADATA = 1;

    private static final long COLUMNS = 2;
    static final long FIRST_ROW = 3;

    private final StructDecoder row;
    private final LineBuffer lines;

    /** The row that was read fast. */
    private final Object[] fast = new Object[1];

    /** The number of the line that is due. */
    private long number = METADATA;

    private boolean mayHaveRows;
    private IOException failure;

    QueryRows(InputStream answer, StructDecoder row) {
        this(answer, row, MAX_LINE);
    }

    QueryRows(InputStream answer, StructDecoder row, int maxLine) {
        this.row = row;
        this.lines = new LineBuffer(answer, maxLine);
    }

    /** The next row, or null when the result is complete. */
    public RowData next() throws IOException {
        if (mayHaveRows && failure == null) {
            int end = fastRow();
            if (end >= 0 && end < lines.limit) {
                lines.start = end + 1;
                number++;
                return (RowData) fast[0];
            }
        }
        return carefully();
    }

    /**
     * Reads the row that is due, if it is in one of the usual forms and goes to a line feed. That
     * may be the one behind the bytes that are there: then it is up to the caller what it means.
     *
     * @return the index of the line feed, or less than 0
     */
    private int fastRow() {
        byte[] b = lines.bytes;
        int i = row.fastValue(b, ValueDecoder.behindBlanks(b, lines.start), fast, 0);
        if (i == ValueDecoder.UNREAD) {
            return -1;
        }
        i = ValueDecoder.behindBlanks(b, i);
        return b[i] == '\n' ? i : -1;
    }

    private RowData carefully() throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            while (number <= COLUMNS) {
                readHead();
            }
            return readRow();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private void readHead() throws IOException {
        if (!lines.find(number)) {
            throw new IncompleteResultException(number, "before");
        }
        try {
            StrictLine line = StrictLine.open(number, lines.bytes, lines.start, lines.end);
            if (number == METADATA) {
                ProtocolLines.metadata(line);
            } else {
                mayHaveRows = ProtocolLines.columns(line, row.size());
            }
        } catch (MalformedRowException e) {
            throw cutOr(e);
        }
        step();
    }

    private RowData readRow() throws IOException {
        if (!lines.find(number)) {
            return null;
        }
        // Not tried in vain: more often than not the line is the first that was not there yet.
        RowData next = mayHaveRows && fastRow() >= 0 ? (RowData) fast[0] : null;
        if (next == null) {
            try {
                next = strictRow();
            } catch (MalformedRowException e) {
                throw cutOr(e);
            }
        }
        step();
        return next;
    }

    private RowData strictRow() throws IOException {
        StrictLine line = StrictLine.open(number, lines.bytes, lines.start, lines.end);
        if (line.token() == JsonToken.START_OBJECT) {
            ProtocolLines.throwIfError(line.again(), row);
        } else if (line.token() != JsonToken.START_ARRAY) {
            throw line.malformed("it is neither an array nor an object");
        }
        if (!mayHaveRows) {
            throw line.malformed("it is a row, but the second line names no columns");
        }
        RowData next = (RowData) row.strict(line);
        line.end();
        return next;
    }

    /** A last line that lacks its line feed and is not whole was cut. */
    private IOException cutOr(MalformedRowException malformed) {
        return lines.isTerminated() ? malformed : new IncompleteResultException(number, "within");
    }

    private void step() {
        lines.skip();
        number++;
    }
}
