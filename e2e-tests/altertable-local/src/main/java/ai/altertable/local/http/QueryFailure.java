package ai.altertable.local.http;

/** A query failed; the message is DuckDB's and for the client. */
final class QueryFailure extends Exception {

    private static final long serialVersionUID = 1L;

    QueryFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
