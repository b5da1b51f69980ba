package ai.altertable.flink.client;

import java.util.regex.Pattern;

/**
 * The verdict on a request that did not succeed, on two axes: would a repetition help, and may the
 * server have carried the request out already?
 *
 * <p>Whether the request is repeated depends on what it does as well: see {@link Operation}.
 */
public enum Outcome {
    /** The server has no time now: 429, 503. Nothing happened. */
    NOT_NOW(true, false),

    /** The request never left: no address, no connection, no TLS. Nothing happened. */
    UNREACHABLE(true, false),

    /** Another transaction came first. Nothing happened. */
    CONFLICT(true, false),

    /**
     * Nobody knows: the connection broke or the time was up after the first byte of the body may
     * have gone out, or the answer speaks of a failure on the way (408, 500, 502, 504). A request
     * that is given up may still be carried out, even later than its repetition.
     */
    UNKNOWN(true, true),

    /** The server read the data or the statement and refused it. Other data may be taken. */
    REJECTED(false, false),

    /** No data would be taken: the user, the place or the server is the wrong one. */
    MISCONFIGURED(false, false),

    /** The body is larger than the server takes: smaller ones may be taken. */
    TOO_LARGE(false, false),

    /** This side gave the request up: its client was closed, or who reads the answer failed. */
    CANCELLED(false, true);

    /**
     * A conflict of transactions in words, or in a code such as {@code WRITE_CONFLICT}. Not the SQL
     * words {@code ON CONFLICT}, and no name: a column {@code "conflict"} must not turn a bad
     * statement into one that is tried for minutes.
     */
    private static final Pattern CONFLICT_IN_WORDS =
            Pattern.compile(
                    "(?i:maximum retry count"
                            + "|(?<!\\bon )(?<![\\w.\"'`])conflicts?(?![\\w\"'`]))"
                            + "|(?<![\\w.\"'`])[A-Z]+(?:_[A-Z]+)*_CONFLICT(?![\\w\"'`])");

    private final boolean retryHelps;
    private final boolean mayBeApplied;

    Outcome(boolean retryHelps, boolean mayBeApplied) {
        this.retryHelps = retryHelps;
        this.mayBeApplied = mayBeApplied;
    }

    /** Whether the same request may succeed later. */
    public boolean retryHelps() {
        return retryHelps;
    }

    /** Whether the server may have carried the request out, or may still do so. */
    public boolean mayBeApplied() {
        return mayBeApplied;
    }

    /**
     * The verdict on words in which a server refuses: the text of a 400, an {@code "error"} in an
     * answer with status 200, an error line of a result.
     */
    public static Outcome ofWords(String words) {
        return CONFLICT_IN_WORDS.matcher(words).find() ? CONFLICT : REJECTED;
    }

    /** The verdict on an answer that is no success. */
    static Outcome ofStatus(int status, String words) {
        return switch (status) {
            // 409 is in no documentation; its words say whether it is about a transaction.
            case 400, 409 -> ofWords(words);
            case 413 -> TOO_LARGE;
            case 429, 503 -> NOT_NOW;
            case 408 -> UNKNOWN;
            // Redirects are not followed: a POST would arrive as a GET, or elsewhere.
            default -> status >= 300 && status < 500 ? MISCONFIGURED : UNKNOWN;
        };
    }
}
