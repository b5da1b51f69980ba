package ai.altertable.flink.client;

import java.io.IOException;

/**
 * What is wrong with a result that came in: it ended too early, it says that the query failed, or
 * it is not what was asked for.
 */
public abstract class ResultException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;
    private final Outcome lastingOutcome;

    /**
     * @param outcome the verdict
     * @param lastingOutcome the verdict if a query brings the very same {@link #words} again and
     *     again
     */
    protected ResultException(String message, Outcome outcome, Outcome lastingOutcome) {
        super(message);
        this.outcome = outcome;
        this.lastingOutcome = lastingOutcome;
    }

    /** Whether to ask again, and whether a statement with effects may have had them. */
    public final Outcome outcome() {
        return outcome;
    }

    final Outcome lastingOutcome() {
        return lastingOutcome;
    }

    /** What is wrong, but not where: the server's own words, if it has said any. */
    public String words() {
        return getMessage();
    }
}
