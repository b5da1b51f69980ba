package ai.altertable.flink.client;

/**
 * Counts what a client does. Called by HTTP threads, several at once; must return at once and must
 * not throw.
 */
public interface ClientObserver {

    /** Counts nothing. */
    ClientObserver NONE = new ClientObserver() {};

    /** A request is about to be sent; a retry is a request as well. */
    default void onRequest() {}

    /** A body went out as a whole, whatever became of it. */
    default void onBytesSent(long bytes) {}

    /** A request is about to be tried again, for this reason. */
    default void onRetry(Outcome reason) {}

    /** The retry just told may do the work twice. */
    default void onAmbiguousRetry() {}
}
