package ai.altertable.flink.sink;

import ai.altertable.flink.client.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** When to try again what cannot just be repeated, since one has to look around in between. */
final class Patience {

    private final RetryPolicy policy;
    private int failures;
    private long firstFailure;

    /**
     * @param limit how long after the first failure it goes on
     */
    Patience(Duration limit) {
        policy = RetryPolicy.lasting(limit);
    }

    /** Waits after a failure; false when it is time to give up. */
    boolean waits() throws InterruptedException {
        long now = System.nanoTime();
        if (failures++ == 0) {
            firstFailure = now;
        }
        Optional<Duration> delay =
                policy.delay(
                        failures,
                        Duration.ofNanos(now - firstFailure),
                        Optional.empty(),
                        ThreadLocalRandom.current());
        if (delay.isPresent()) {
            Thread.sleep(delay.get().toMillis());
        }
        return delay.isPresent();
    }
}
