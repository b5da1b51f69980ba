package ai.altertable.local.contract;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again until the answer is right, because the contract names no event to wait for. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Eventually() {}

    static <T> T await(String what, Supplier<T> ask, Predicate<T> right) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            T answer = ask.get();
            if (right.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never saw " + what + "; the last answer: " + answer);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
