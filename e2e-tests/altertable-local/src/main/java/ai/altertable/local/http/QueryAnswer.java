package ai.altertable.local.http;

import ai.altertable.local.Fault.Action;
import ai.altertable.local.render.ResultLines;
import ai.altertable.local.render.ResultLines.Window;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The lines that a query is answered with: metadata, columns, rows, or an error behind any. */
final class QueryAnswer {

    /** A fault ends the result here. */
    private static final class Struck extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final Call call;
    private final RunningQuery query;
    private final long startedNanos = System.nanoTime();
    private OutputStream out;
    private boolean broken;

    QueryAnswer(Call call, RunningQuery query) {
        this.call = call;
        this.query = query;
    }

    /** Sends the line of metadata. */
    void start() throws IOException {
        out = call.startStream("application/x-ndjson");
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("statement", query.request().statement());
        Window window = query.request().result().window();
        metadata.put("rows_limit", window.limit() == Long.MAX_VALUE ? null : window.limit());
        metadata.put("rows_offset", window.offset() == 0 ? null : window.offset());
        metadata.put("init_time_ms", 1 + (System.nanoTime() - startedNanos) / 1_000_000);
        metadata.put("connections_errors", Map.of());
        metadata.put("session_id", query.request().sessionId().toString());
        metadata.put("query_id", query.request().queryId().toString());
        metadata.put("worker_slug", "altertable-local");
        line(metadata);
    }

    private void startIfNeeded() throws IOException {
        if (out == null) {
            start();
        }
    }

    private void line(Object value) throws IOException {
        out.write(Call.JSON.writeValueAsBytes(value));
        out.write('\n');
        out.flush();
    }

    /** Sends a result that is a file. */
    void file(Path file, String contentType) throws IOException {
        out = call.startStream(contentType);
        Files.copy(file, out);
    }

    void result(ResultLines lines, Window window) throws SQLException, IOException {
        boolean hasRows = lines.advance();
        startIfNeeded();
        lines.writeColumns(out);
        try {
            if (hasRows) {
                lines.writeRows(out, window, this::beforeRow);
            }
            endByFault(Long.MAX_VALUE);
        } catch (Struck struck) {
            strike();
        }
    }

    /** What a statement without a result is answered with; -1 stands for no count. */
    void count(long rows) throws IOException {
        startIfNeeded();
        if (rows < 0) {
            out.write("[]\n".getBytes(StandardCharsets.UTF_8));
        } else {
            String lines = "[{\"name\":\"Count\",\"type\":\"BIGINT\"}]\n[" + rows + "]\n";
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        try {
            endByFault(Long.MAX_VALUE);
        } catch (Struck struck) {
            strike();
        }
    }

    private void beforeRow(long rowsSent) throws IOException, SQLException {
        query.sent(rowsSent);
        query.checkCancelled();
        endByFault(rowsSent);
    }

    private void endByFault(long rowsSent) throws Struck {
        if (call.fault().isEmpty()) {
            return;
        }
        Action action = call.fault().get().action();
        boolean reached =
                action instanceof Action.CutResult cut && rowsSent >= cut.rows()
                        || action instanceof Action.ErrorLine error && rowsSent >= error.rows();
        if (reached) {
            throw new Struck();
        }
    }

    private void strike() throws IOException {
        if (call.fault().orElseThrow().action() instanceof Action.ErrorLine error) {
            line(Map.of("error", error.message()));
        } else {
            out.write("[\"half a li".getBytes(StandardCharsets.UTF_8));
            out.flush();
            broken = true;
        }
    }

    /** Ends the answer with an error: by its status as long as nothing was sent, else by a line. */
    void fail(String message) throws IOException {
        if (out == null) {
            call.replyText(400, message);
        } else {
            line(Map.of("error", message));
        }
    }

    void end() throws IOException {
        if (broken) {
            call.breakConnection();
        } else if (out != null) {
            call.endStream(out);
        }
    }
}
