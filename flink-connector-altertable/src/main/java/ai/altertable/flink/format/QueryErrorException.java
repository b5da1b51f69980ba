package ai.altertable.flink.format;

import ai.altertable.flink.client.Outcome;
import ai.altertable.flink.client.ResultException;
import ai.altertable.flink.client.ServerWords;

/**
 * The server reported, by a line {@code {"error": …}}, that the query failed.
 *
 * <p>In place of the first row, its words decide whether to ask again. Once there were rows, the
 * statement itself is a good one and the reason may be passing, such as a lack of memory: worth
 * asking again, unless the answer stays the same.
 */
public final class QueryErrorException extends ResultException {

    private static final long serialVersionUID = 1L;

    private final long line;
    private final String words;

    static QueryErrorException of(long line, String words) {
        return new QueryErrorException(ServerWords.clean(words), line);
    }

    private QueryErrorException(String words, long line) {
        super(
                "The query failed, as line " + line + " of the answer says: " + words,
                line > QueryRows.FIRST_ROW ? Outcome.UNKNOWN : Outcome.ofWords(words),
                Outcome.ofWords(words));
        this.line = line;
        this.words = words;
    }

    /** The number of the line in the answer; the first is 1. */
    public long line() {
        return line;
    }

    /** The server's own words in one line, at most their first 2 kB, without the statement. */
    @Override
    public String words() {
        return words;
    }
}
