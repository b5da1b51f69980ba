package ai.altertable.flink.format;

import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.Query;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/**
 * Whether a statement went well of which no rows are wanted. What a server tells instead of rows, a
 * count or nothing, differs; that it tells of no error, to the clean end of its answer, is all that
 * is asked.
 */
public final class StatementResult {

    private StatementResult() {}

    /** Runs the statement; the future tells nothing but that it did its work. */
    public static CompletableFuture<Void> of(AltertableClient client, Query statement) {
        return client.read(
                statement,
                answer -> {
                    check(answer);
                    return null;
                });
    }

    static void check(InputStream answer) throws IOException {
        LineBuffer lines = new LineBuffer(answer, QueryRows.MAX_LINE);
        long number = 1;
        for (; lines.find(number); number++) {
            try {
                StrictLine line = StrictLine.open(number, lines.bytes, lines.start, lines.end);
                if (number == 1) {
                    ProtocolLines.metadata(line);
                } else if (line.token() == JsonToken.START_OBJECT) {
                    ProtocolLines.throwIfError(line);
                } else {
                    line.skip();
                    line.end();
                }
            } catch (MalformedRowException e) {
                throw lines.isTerminated() ? e : new IncompleteResultException(number, "within");
            }
            lines.skip();
        }
        if (number == 1) {
            throw new IncompleteResultException(number, "before");
        }
    }
}
