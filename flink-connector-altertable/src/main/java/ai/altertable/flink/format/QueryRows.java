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

    /** Where the row ends that was read fast: at a line feed. */
    private int fastEnd;

    /** The number of the line that is due. */
    private long number;

    private boolean mayHaveRows;
    private IOException failure;

    QueryRows(InputStream answer, StructDecoder row) {
        this(answer, row, MAX_LINE);
    }

    QueryRows(InputStream answer, StructDecoder row, int maxLine) {
        this.row = row;
        this.lines = new LineBuffer(answer, maxLine);
        this.number = METADATA;
    }

    /** Those of lines behind the head, the first of which has this number. */
    QueryRows(LineBuffer lines, StructDecoder row, long number) {
        this.row = row;
        this.lines = lines;
        this.number = number;
        this.mayHaveRows = true;
    }

    /** The next row, or null when the result is complete. */
    public RowData next() throws IOException {
        if (mayHaveRows && failure == null) {
            RowData fast = fastRow();
            if (fast != null && fastEnd < lines.limit) {
                lines.start = fastEnd + 1;
                number++;
                return fast;
            }
        }
        return carefully();
    }

    /**
     * Reads the row that is due, if it is in one of the usual forms and goes to a line feed. That
     * may be the one behind the bytes that are there: then it is up to the caller what it means.
     *
     * @return null if it is not so
     */
    private RowData fastRow() {
        byte[] b = lines.bytes;
        int i = row.fastFields(b, ValueDecoder.behindBlanks(b, lines.start));
        if (i == ValueDecoder.UNREAD) {
            return null;
        }
        fastEnd = ValueDecoder.behindBlanks(b, i);
        return b[fastEnd] == '\n' ? row.row() : null;
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
        RowData next = mayHaveRows ? fastRow() : null;
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
        RowData next = row.strictRow(line);
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
