package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what will come. */
public final class Await {

    private static final int LONGEST_SECONDS = 60;

    private Await() {}

    /** Until a condition holds, a minute at most. */
    public static void until(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waiting until " + what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** What is waited for. */
    public interface Condition {
        boolean holds() throws Exception;
    }
}
