package ai.altertable.local.http;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A query from its arrival to its end, as {@code GET /query/{id}} shows it. */
final class RunningQuery {

    private final QueryRequest request;
    private final String userAgent;
    private final Instant started = Instant.now();
    private Statement current;
    private Instant ended;
    private String error;
    private volatile boolean cancelled;
    private volatile long rows;

    RunningQuery(QueryRequest request, String userAgent) {
        this.request = request;
        this.userAgent = userAgent;
    }

    QueryRequest request() {
        return request;
    }

    /** From now on cancelling stops this statement. */
    synchronized void runs(Statement statement) throws SQLException {
        checkCancelled();
        current = statement;
    }

    void checkCancelled() throws SQLException {
        if (cancelled) {
            throw new SQLException("INTERRUPT Error: Interrupted!");
        }
    }

    void sent(long rowsSent) {
        rows = rowsSent;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Stops the query if it has not ended; answers whether it was stopped by this. */
    synchronized boolean cancel() {
        if (ended != null) {
            return false;
        }
        cancelled = true;
        try {
            if (current != null) {
                current.cancel();
            }
        } catch (SQLException closedMeanwhile) {
            // The flag is enough: it is looked at before the next row.
            return true;
        }
        return true;
    }

    /** Only the first end counts. */
    synchronized void end(Optional<String> failure) {
        current = null;
        if (ended == null) {
            ended = Instant.now();
            error = failure.orElse(null);
        }
    }

    synchronized Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("uuid", request.queryId().toString());
        json.put("start_time", started.toString());
        json.put("end_time", ended == null ? null : ended.toString());
        json.put("duration_ms", ended == null ? null : Duration.between(started, ended).toMillis());
        json.put("query", request.statement());
        json.put("session_id", request.sessionId().toString());
        json.put("client_interface", "HttpQuery");
        json.put("error", error);
        json.put("stats", Map.of());
        json.put(
                "progress",
                Map.of(
                        "percentage",
                        ended == null ? 0.0 : 100.0,
                        "rows_processed",
                        rows,
                        "total_rows",
                        rows));
        json.put("visible", request.visible());
        json.put("requested_by", request.requestedBy().orElse(null));
        json.put("user_agent", userAgent);
        return json;
    }
}
