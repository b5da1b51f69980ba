package ai.altertable.flink.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what will come. */
final class Await {

    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private Await() {}

    static void until(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain until " + what);
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    /** What is waited for. */
    interface Condition {
        boolean holds() throws Exception;
    }
}
