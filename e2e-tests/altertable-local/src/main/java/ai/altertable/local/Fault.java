package ai.altertable.local;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Something that goes wrong with a request, on purpose.
 *
 * <p>Made by one of the factories and narrowed by the methods that follow: {@code
 * Fault.status(503).retryAfter("1").onPath("/upload").times(3)}. A fault strikes after the body was
 * read, so that arrivals are complete in any case.
 *
 * @param times how many requests it strikes; {@link #FOREVER} has no end
 */
public record Fault(Action action, Target target, Duration delay, int times) {

    public static final int FOREVER = Integer.MAX_VALUE;

    /** What happens. */
    public sealed interface Action {

        /** The request is answered with a status and not carried out. */
        record Status(int status, Optional<String> retryAfter, String body) implements Action {}

        /** The connection ends; the request is not carried out. */
        record BreakBefore() implements Action {}

        /** The request is carried out; then the connection ends instead of an answer. */
        record BreakAfter() implements Action {}

        /** A result ends, with its connection, in the middle of the line behind so many rows. */
        record CutResult(long rows) implements Action {}

        /** A result ends with a line {@code {"error": …}} behind so many rows. */
        record ErrorLine(long rows, String message) implements Action {}

        /** Nothing but the delay. */
        record Proceed() implements Action {}
    }

    /** Which requests are meant; what is empty matches all. */
    public record Target(
            Optional<String> path, Optional<String> table, Optional<String> statement) {

        static final Target ALL = new Target(Optional.empty(), Optional.empty(), Optional.empty());

        boolean matches(String requestPath, Map<String, String> parameters, String body) {
            return path.map(requestPath::startsWith).orElse(true)
                    && table.map(name -> name.equals(parameters.get("table"))).orElse(true)
                    && statement.map(body::contains).orElse(true);
        }
    }

    private static Fault of(Action action) {
        return new Fault(action, Target.ALL, Duration.ZERO, 1);
    }

    /** Answers with this status; see {@link #retryAfter} and {@link #body}. */
    public static Fault status(int status) {
        return of(new Action.Status(status, Optional.empty(), "injected fault: " + status));
    }

    public static Fault breakBefore() {
        return of(new Action.BreakBefore());
    }

    public static Fault breakAfter() {
        return of(new Action.BreakAfter());
    }

    public static Fault cutResult(long rows) {
        return of(new Action.CutResult(rows));
    }

    public static Fault errorLine(long rows, String message) {
        return of(new Action.ErrorLine(rows, message));
    }

    /** Carries the request out, late. */
    public static Fault delay(Duration delay) {
        return of(new Action.Proceed()).after(delay);
    }

    /** Adds a {@code Retry-After} header, in seconds or as a date, to an injected status. */
    public Fault retryAfter(String value) {
        Action.Status status = statusAction();
        return with(new Action.Status(status.status(), Optional.of(value), status.body()));
    }

    /** The body of an injected status. */
    public Fault body(String body) {
        Action.Status status = statusAction();
        return with(new Action.Status(status.status(), status.retryAfter(), body));
    }

    private Action.Status statusAction() {
        if (action instanceof Action.Status status) {
            return status;
        }
        throw new IllegalStateException("only an injected status has a body and a Retry-After");
    }

    /** Waits before it strikes; the request is carried out only then, if at all. */
    public Fault after(Duration wait) {
        return new Fault(action, target, wait, times);
    }

    public Fault times(int count) {
        return new Fault(action, target, delay, count);
    }

    public Fault forever() {
        return times(FOREVER);
    }

    /** Strikes only requests whose path starts so. */
    public Fault onPath(String path) {
        return on(new Target(Optional.of(path), target.table(), target.statement()));
    }

    /** Strikes only requests whose parameter {@code table} is this. */
    public Fault onTable(String table) {
        return on(new Target(target.path(), Optional.of(table), target.statement()));
    }

    /** Strikes only requests whose statement contains this text. */
    public Fault onStatement(String text) {
        return on(new Target(target.path(), target.table(), Optional.of(text)));
    }

    private Fault on(Target newTarget) {
        return new Fault(action, newTarget, delay, times);
    }

    private Fault with(Action newAction) {
        return new Fault(newAction, target, delay, times);
    }
}
