package ai.altertable.flink.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An operation from its first attempt to its one completion. The only place that tries again.
 *
 * @see RetryPolicy when
 * @see Operation#retriesAfter whether
 */
final class Retried<T> {

    /** What all operations of a client have in common. */
    record Terms(
            RetryPolicy policy, Scheduler scheduler, ClientObserver observer, Lifetime lifetime) {}

    private static final Logger LOG = LoggerFactory.getLogger(Retried.class);

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Purpose purpose;
    private final Terms terms;
    private final Supplier<CompletableFuture<Attempted<T>>> attempts;

    /** Attempts follow each other, so these are written by one thread at a time. */
    private int failures;

    private long firstFailureNanos;
    private boolean mayBeApplied;

    private Retried(
            Purpose purpose, Terms terms, Supplier<CompletableFuture<Attempted<T>>> attempts) {
        this.purpose = purpose;
        this.terms = terms;
        this.attempts = attempts;
    }

    /**
     * Starts the operation.
     *
     * @param attempts makes an attempt, always of the same bytes; its future completes normally
     */
    static <T> CompletableFuture<T> start(
            Purpose purpose, Terms terms, Supplier<CompletableFuture<Attempted<T>>> attempts) {
        Retried<T> retried = new Retried<>(purpose, terms, attempts);
        retried.attempt();
        return retried.result;
    }

    private void attempt() {
        if (terms.lifetime().isOver()) {
            fail(Failure.closed());
            return;
        }
        CompletableFuture<Attempted<T>> attempt;
        try {
            attempt = attempts.get();
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
            return;
        }
        attempt.whenComplete(this::attempted);
    }

    private void attempted(Attempted<T> attempted, Throwable unexpected) {
        if (unexpected != null) {
            result.completeExceptionally(unexpected);
        } else if (attempted instanceof Attempted.Done<T> done) {
            if (!result.complete(done.value())) {
                done.discard();
            }
        } else if (attempted instanceof Attempted.Failed<T> failed) {
            failed(failed.failure());
        }
    }

    private void failed(Failure failure) {
        Outcome outcome = failure.outcome();
        long now = terms.scheduler().nanoTime();
        if (failures++ == 0) {
            firstFailureNanos = now;
        }
        mayBeApplied |= outcome.mayBeApplied();
        Optional<Duration> delay =
                purpose.operation().retriesAfter(outcome)
                        ? terms.policy()
                                .delay(
                                        failures,
                                        Duration.ofNanos(now - firstFailureNanos),
                                        failure.retryAfter(),
                                        ThreadLocalRandom.current())
                        : Optional.empty();
        if (delay.isEmpty()) {
            fail(failure);
        } else {
            retryAfter(delay.get(), failure);
        }
    }

    private void retryAfter(Duration delay, Failure failure) {
        Outcome outcome = failure.outcome();
        terms.observer().onRetry(outcome);
        if (purpose.operation().isAmbiguousAfter(outcome)) {
            terms.observer().onAmbiguousRetry();
            LOG.warn(
                    "{} is sent again in {} ms. What became of attempt {} is unknown, so {}: {}"
                            + " [{}]",
                    purpose,
                    delay.toMillis(),
                    failures,
                    purpose.operation().traces(),
                    failure.told(),
                    failure.requestIds());
        } else {
            LOG.info(
                    "{} is sent again in {} ms. Attempt {} ended with {}, {}",
                    purpose,
                    delay.toMillis(),
                    failures,
                    outcome,
                    failure.told());
        }
        waitFor(delay, failure);
    }

    /** Either the next attempt or the end of the client ends the wait; whoever is first. */
    private void waitFor(Duration delay, Failure failure) {
        CompletableFuture<Boolean> goesOn = new CompletableFuture<>();
        Runnable closed = () -> goesOn.complete(false);
        Scheduler.Waiting waiting = terms.scheduler().schedule(delay, () -> goesOn.complete(true));
        goesOn.thenAccept(
                yes -> {
                    terms.lifetime().forget(closed);
                    waiting.cancel();
                    if (yes) {
                        attempt();
                    } else {
                        fail(Failure.without(Outcome.CANCELLED, failure.words(), cause(failure)));
                    }
                });
        terms.lifetime().atEnd(closed);
    }

    private static IOException cause(Failure failure) {
        return failure.cause().orElse(null);
    }

    private void fail(Failure failure) {
        result.completeExceptionally(
                new AltertableException(purpose, failure, Math.max(1, failures), mayBeApplied));
    }
}
