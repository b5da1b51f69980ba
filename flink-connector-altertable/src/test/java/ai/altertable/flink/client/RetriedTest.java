package ai.altertable.flink.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetriedTest {

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private final FakeTime time = new FakeTime();
    private final Counts counts = new Counts();
    private final Lifetime lifetime = new Lifetime();
    private final AtomicInteger attempts = new AtomicInteger();

    private CompletableFuture<String> start(
            Operation operation, Iterable<Attempted<String>> outcomes) {
        Deque<Attempted<String>> script = new ArrayDeque<>();
        outcomes.forEach(script::add);
        return Retried.start(
                new Purpose(operation, "lake.main.orders"),
                new Retried.Terms(RetryPolicy.lasting(DEADLINE), time, counts, lifetime),
                () -> {
                    attempts.incrementAndGet();
                    Attempted<String> next = script.size() > 1 ? script.poll() : script.peek();
                    return CompletableFuture.completedFuture(next);
                });
    }

    private static Attempted<String> failed(Outcome outcome) {
        return new Attempted.Failed<>(Failure.without(outcome, "words", new IOException("why")));
    }

    private static Attempted<String> failed(int status, Duration retryAfter) {
        return new Attempted.Failed<>(
                new Failure(
                        Outcome.ofStatus(status, ""),
                        status,
                        "words",
                        "x-request-id: r1",
                        Optional.ofNullable(retryAfter),
                        Optional.empty()));
    }

    private static Attempted<String> done() {
        return new Attempted.Done<>("done");
    }

    private static AltertableException exceptionOf(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        return (AltertableException)
                ((CompletionException) catchThrowable(future::join)).getCause();
    }

    @Test
    void asksNoSecondTimeAfterASuccess() {
        assertThat(start(Operation.APPEND, List.of(done()))).isCompletedWithValue("done");
        assertThat(attempts).hasValue(1);
        assertThat(counts.retries).isEmpty();
    }

    @Test
    void triesUntilItSucceeds() {
        CompletableFuture<String> result =
                start(
                        Operation.APPEND,
                        List.of(
                                failed(503, null),
                                failed(Outcome.UNREACHABLE),
                                failed(Outcome.UNKNOWN),
                                done()));
        time.runNext();
        time.runNext();
        assertThat(result).isNotDone();
        time.runNext();

        assertThat(result).isCompletedWithValue("done");
        assertThat(counts.retries)
                .containsExactly(Outcome.NOT_NOW, Outcome.UNREACHABLE, Outcome.UNKNOWN);
        assertThat(counts.ambiguousRetries).hasValue(1);
        assertThat(time.waiting()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"REJECTED", "MISCONFIGURED", "TOO_LARGE", "CANCELLED"})
    void failsAtOnceWhenTryingAgainWouldNotHelp(Outcome outcome) {
        AltertableException e = exceptionOf(start(Operation.APPEND, List.of(failed(outcome))));

        assertThat(e.outcome()).isEqualTo(outcome);
        assertThat(attempts).hasValue(1);
        assertThat(time.waiting()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"CREATE", "CHANGE"})
    void surfacesAnUnknownOutcomeOfWhatMustNotHappenTwice(Operation operation) {
        AltertableException e =
                exceptionOf(
                        start(operation, List.of(failed(503, null), failed(Outcome.UNKNOWN))),
                        true);

        assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(e.mayBeApplied()).isTrue();
        assertThat(attempts).hasValue(2);
        assertThat(counts.ambiguousRetries).hasValue(0);
    }

    private AltertableException exceptionOf(CompletableFuture<?> future, boolean runs) {
        while (runs && time.waiting() > 0) {
            time.runNext();
        }
        return exceptionOf(future);
    }

    @Test
    void costsABoundedNumberOfRequestsInAStorm() {
        AltertableException e =
                exceptionOf(start(Operation.APPEND, List.of(failed(503, null))), true);

        assertThat(e.outcome()).isEqualTo(Outcome.NOT_NOW);
        assertThat(e).hasMessageContainingAll("lake.main.orders", "HTTP 503", "attempts");
        assertThat(attempts.get()).isBetween(15, 80);
        assertThat(time.passed()).isEqualTo(DEADLINE);
    }

    @Test
    void countsTheDeadlineFromTheFirstFailure() {
        CompletableFuture<Attempted<String>> slow = new CompletableFuture<>();
        AtomicInteger tries = new AtomicInteger();
        CompletableFuture<String> result =
                Retried.start(
                        new Purpose(Operation.APPEND, "t"),
                        new Retried.Terms(RetryPolicy.lasting(DEADLINE), time, counts, lifetime),
                        () ->
                                tries.incrementAndGet() == 1
                                        ? slow
                                        : CompletableFuture.completedFuture(done()));
        time.pass(Duration.ofMinutes(10));
        slow.complete(failed(Outcome.UNKNOWN));
        time.runNext();

        assertThat(result).isCompletedWithValue("done");
    }

    @Test
    void waitsAsTheServerAsksAndTriesALastTimeAtTheDeadline() {
        CompletableFuture<String> result =
                start(
                        Operation.UPSERT,
                        List.of(
                                failed(429, Duration.ofSeconds(100)),
                                failed(503, Duration.ofHours(9)),
                                failed(503, null)));
        time.runNext();
        assertThat(time.passed()).isBetween(Duration.ofSeconds(100), Duration.ofMillis(100_200));
        time.runNext();
        assertThat(time.passed()).isEqualTo(DEADLINE);

        assertThat(exceptionOf(result)).hasMessageContaining("x-request-id: r1");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void saysThatAnEarlierAttemptMayHaveBeenCarriedOut() {
        AltertableException e =
                exceptionOf(
                        start(
                                Operation.APPEND,
                                List.of(failed(Outcome.UNKNOWN), failed(401, null))),
                        true);

        assertThat(e.outcome()).isEqualTo(Outcome.MISCONFIGURED);
        assertThat(e.mayBeApplied()).isTrue();
        assertThat(e).hasMessageContaining("may have carried it out");
    }

    @ParameterizedTest
    @CsvSource({
        "APPEND, so its rows may be there twice:",
        "UPSERT, so a row whose key was not there before may be there twice",
        "OVERWRITE, so the table may be overwritten twice",
    })
    void warnsOfWhatARepetitionMayLeaveBehind(Operation operation, String words) {
        try (Warnings warnings = new Warnings(Retried.class)) {
            start(operation, List.of(failed(Outcome.UNKNOWN), done()));
            time.runNext();

            assertThat(warnings.all())
                    .singleElement()
                    .asString()
                    .contains("lake.main.orders", words);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"STAGE", "READ", "REPEATABLE_CHANGE"})
    void warnsOfNothingWhereARepetitionLeavesNothingBehind(Operation operation) {
        try (Warnings warnings = new Warnings(Retried.class)) {
            start(operation, List.of(failed(Outcome.UNKNOWN), done()));
            time.runNext();

            assertThat(warnings.all()).isEmpty();
        }
        assertThat(counts.ambiguousRetries).hasValue(0);
    }

    @Test
    void endsTheWaitWhenTheClientIsClosed() {
        CompletableFuture<String> result = start(Operation.APPEND, List.of(failed(503, null)));
        assertThat(result).isNotDone();

        lifetime.end();

        assertThat(exceptionOf(result).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(time.waiting()).isZero();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void beginsNothingAfterTheEnd() {
        lifetime.end();

        assertThat(exceptionOf(start(Operation.APPEND, List.of(done()))).outcome())
                .isEqualTo(Outcome.CANCELLED);
        assertThat(attempts).hasValue(0);
    }

    @Test
    void completesWhenAnAttemptCannotEvenBeMade() {
        CompletableFuture<String> result =
                Retried.start(
                        new Purpose(Operation.APPEND, "t"),
                        new Retried.Terms(RetryPolicy.NEVER, time, counts, lifetime),
                        () -> {
                            throw new IllegalStateException("a bug");
                        });

        assertThat(result).isCompletedExceptionally();
    }
}
