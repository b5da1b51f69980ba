package ai.altertable.flink.client;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to try again: exponential backoff with full jitter until a deadline.
 *
 * <h2>Deadline</h2>
 *
 * <p>It counts from the first failure, not from the first attempt: an upload that was given up
 * after ten minutes is still worth a second attempt. It limits when an attempt may begin; an
 * attempt itself is never cut short by it, since that would make an unknown outcome of one that was
 * fine.
 *
 * <h2>Retry-After</h2>
 *
 * <p>The server's word counts, with the jitter on top, so that not all who were sent away come back
 * at once. It is capped by the deadline: then there is one last attempt.
 *
 * @param timeout how long to go on after the first failure; zero: never try again
 * @param firstDelay the upper end of the first wait; it doubles with each
 * @param maxDelay where the doubling ends
 */
public record RetryPolicy(Duration timeout, Duration firstDelay, Duration maxDelay) {

    /** One attempt and no other. */
    public static final RetryPolicy NEVER = lasting(Duration.ZERO);

    /** A server that refuses at once is not asked more often than this, whatever the dice say. */
    private static final Duration SHORTEST = Duration.ofMillis(10);

    private static final int ENOUGH_DOUBLINGS = 30;

    public static RetryPolicy lasting(Duration timeout) {
        return new RetryPolicy(timeout, Duration.ofMillis(200), Duration.ofSeconds(30));
    }

    /**
     * How long to wait before trying again, or nothing when it is over.
     *
     * @param failures how many attempts failed so far, at least 1
     * @param sinceFirstFailure how long ago the first of them failed
     * @param retryAfter how long the server wants to be left alone
     */
    public Optional<Duration> delay(
            int failures,
            Duration sinceFirstFailure,
            Optional<Duration> retryAfter,
            RandomGenerator random) {
        Duration left = timeout.minus(sinceFirstFailure);
        if (left.isNegative() || left.isZero()) {
            return Optional.empty();
        }
        Duration wait = jitter(failures, random).plus(retryAfter.orElse(Duration.ZERO));
        return Optional.of(wait.compareTo(left) < 0 ? wait : left);
    }

    private Duration jitter(int failures, RandomGenerator random) {
        long factor = 1L << Math.min(failures - 1, ENOUGH_DOUBLINGS);
        Duration grown = firstDelay.multipliedBy(factor);
        Duration longest = grown.compareTo(maxDelay) < 0 ? grown : maxDelay;
        Duration drawn = Duration.ofNanos((long) (random.nextDouble() * longest.toNanos()));
        return drawn.compareTo(SHORTEST) < 0 ? SHORTEST : drawn;
    }
}
