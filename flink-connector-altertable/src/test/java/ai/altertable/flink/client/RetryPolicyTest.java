package ai.altertable.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private static final RetryPolicy POLICY = RetryPolicy.lasting(Duration.ofMinutes(5));

    /** Dice that always show the highest. */
    private static final RandomGenerator HIGHEST = () -> -1L;

    private static final RandomGenerator LOWEST = () -> 0L;

    private static Optional<Duration> delay(int failures, Duration since, RandomGenerator random) {
        return POLICY.delay(failures, since, Optional.empty(), random);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 200",
        "2, 400",
        "3, 800",
        "7, 12800",
        "8, 25600",
        "9, 30000",
        "70, 30000",
        "2147483647, 30000"
    })
    void doublesUpToTheLongestWait(int failures, long millis) {
        assertThat(delay(failures, Duration.ZERO, HIGHEST).orElseThrow())
                .isBetween(Duration.ofMillis(millis - 1), Duration.ofMillis(millis));
    }

    @Test
    void drawsFromTheWholeRangeSoThatWritersDoNotReturnTogether() {
        Random random = new Random(1);
        double mean =
                IntStream.range(0, 10_000)
                        .mapToLong(i -> delay(9, Duration.ZERO, random).orElseThrow().toMillis())
                        .average()
                        .orElseThrow();

        assertThat(mean).isBetween(14_500.0, 15_500.0);
    }

    @Test
    void neverAsksAgainAtOnce() {
        assertThat(delay(1, Duration.ZERO, LOWEST)).contains(Duration.ofMillis(10));
    }

    @Test
    void endsAtTheDeadline() {
        Duration end = Duration.ofMinutes(5);

        assertThat(delay(9, end.minusMillis(3), HIGHEST)).contains(Duration.ofMillis(3));
        assertThat(delay(9, end, HIGHEST)).isEmpty();
        assertThat(delay(9, end.plusMillis(1), HIGHEST)).isEmpty();
        assertThat(
                        RetryPolicy.NEVER.delay(
                                1, Duration.ZERO, Optional.of(Duration.ofSeconds(1)), LOWEST))
                .isEmpty();
    }

    @Test
    void waitsAtLeastAsLongAsTheServerAsksFor() {
        Optional<Duration> asked = Optional.of(Duration.ofSeconds(20));

        assertThat(POLICY.delay(1, Duration.ZERO, asked, LOWEST))
                .contains(Duration.ofMillis(20_010));
        assertThat(POLICY.delay(1, Duration.ZERO, asked, HIGHEST).orElseThrow())
                .isBetween(Duration.ofMillis(20_199), Duration.ofMillis(20_200));
    }

    @Test
    void triesALastTimeAtTheDeadlineWhenTheServerAsksForLonger() {
        assertThat(
                        POLICY.delay(
                                1,
                                Duration.ofMinutes(1),
                                Optional.of(Duration.ofHours(1)),
                                HIGHEST))
                .contains(Duration.ofMinutes(4));
    }
}
