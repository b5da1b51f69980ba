package ai.altertable.flink.client;

import java.time.Duration;
import java.time.Instant;

/** Time and waiting: real ones of a {@link Transport}, or a test's. */
interface Scheduler {

    /** A task that waits for its time. */
    interface Waiting {
        /** The task will not run, unless it runs already. */
        void cancel();
    }

    /** A clock that only goes forward. */
    long nanoTime();

    /** The time of day, to read dates by. */
    Instant now();

    /** Runs the task once, on another thread; it must not block. */
    Waiting schedule(Duration delay, Runnable task);
}
