package ai.altertable.flink.client;

import java.io.Closeable;
import java.io.IOException;

/** How one attempt ended. */
sealed interface Attempted<T> {

    /** It did what it was for. */
    record Done<T>(T value) implements Attempted<T> {}

    /** It did not. */
    record Failed<T>(Failure failure) implements Attempted<T> {}

    /** The same with another value where it did what it was for. */
    default <V> Attempted<V> as(V value) {
        return this instanceof Failed<T> failed
                ? new Failed<>(failed.failure())
                : new Done<>(value);
    }

    /** Whether it is what servers answer where others have an endpoint. */
    default boolean isOfMissingEndpoint() {
        return this instanceof Failed<T> failed
                && (failed.failure().status() == 404 || failed.failure().status() == 405);
    }

    /** Nobody waits for it any more: a result that holds something open is closed. */
    default void discard() {
        if (this instanceof Done<T> done && done.value() instanceof Closeable open) {
            try {
                open.close();
            } catch (IOException e) {
                throw new IllegalStateException("a stream that cannot be closed", e);
            }
        }
    }
}
