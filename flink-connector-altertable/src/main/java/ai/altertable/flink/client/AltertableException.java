package ai.altertable.flink.client;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request that failed for good: retries are over, or would not help. Its message names the table,
 * the verdict, the server's words and identifiers, and the option to change; never a credential,
 * and no row by us. (The server's words are the server's: it may cite a value.)
 */
public final class AltertableException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;
    private final boolean mayBeApplied;
    private final int status;
    private final String requestIds;
    private final String hint;

    AltertableException(Purpose purpose, Failure failure) {
        this(purpose, failure, 1, failure.outcome().mayBeApplied());
    }

    /**
     * @param mayBeApplied whether any of the attempts may have been carried out
     */
    AltertableException(Purpose purpose, Failure failure, int attempts, boolean mayBeApplied) {
        super(message(purpose, failure, attempts, mayBeApplied), failure.cause().orElse(null));
        this.outcome = failure.outcome();
        this.mayBeApplied = mayBeApplied;
        this.status = failure.status();
        this.requestIds = failure.requestIds();
        this.hint = Hint.of(purpose, failure);
    }

    private static String message(
            Purpose purpose, Failure failure, int attempts, boolean mayBeApplied) {
        StringBuilder text = new StringBuilder(purpose.toString()).append(" failed: ");
        text.append(failure.outcome()).append(", ").append(failure.told());
        String hint = Hint.of(purpose, failure);
        if (!hint.isEmpty()) {
            text.append(". ").append(hint);
        }
        if (mayBeApplied && purpose.operation() != Operation.READ) {
            text.append(". The server may have carried it out all the same");
        }
        if (attempts > 1) {
            text.append(" (").append(attempts).append(" attempts)");
        }
        if (!failure.requestIds().isEmpty()) {
            text.append(" [").append(failure.requestIds()).append(']');
        }
        return text.toString();
    }

    /** The verdict on the last attempt. */
    public Outcome outcome() {
        return outcome;
    }

    /** Whether the server may have carried out this attempt or one before it. */
    public boolean mayBeApplied() {
        return mayBeApplied;
    }

    /** The status of the answer, if there was one. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** The server's identifiers of the request, as {@code x-request-id: …}; may be empty. */
    public String requestIds() {
        return requestIds;
    }

    /** What to change so that it works, naming the option. */
    public Optional<String> hint() {
        return Optional.of(hint).filter(text -> !text.isEmpty());
    }
}
