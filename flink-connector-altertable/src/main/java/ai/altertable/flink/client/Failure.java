package ai.altertable.flink.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What one attempt ended with instead of an answer.
 *
 * @param status of HTTP; 0 where there was no answer
 * @param words the server's, cleaned, or ours; never empty
 * @param requestIds the server's names for the request, for its logs; may be empty
 */
record Failure(
        Outcome outcome,
        int status,
        String words,
        String requestIds,
        Optional<Duration> retryAfter,
        Optional<IOException> cause) {

    /** A failure without an answer. */
    static Failure without(Outcome outcome, String words, IOException cause) {
        return new Failure(outcome, 0, words, "", Optional.empty(), Optional.ofNullable(cause));
    }

    /** The client was closed. */
    static Failure closed() {
        return without(Outcome.CANCELLED, "the client was closed", null);
    }

    /** The status, if there was one, and the words. */
    String told() {
        return status == 0 ? words : "HTTP " + status + ": " + words;
    }

    /** The same, with the exception that shows where. */
    Failure causedBy(IOException e) {
        return new Failure(outcome, status, words, requestIds, retryAfter, Optional.of(e));
    }

    /** The same, with the words that led to it. */
    Failure preceded(String before) {
        return new Failure(outcome, status, before + words, requestIds, retryAfter, cause);
    }
}
