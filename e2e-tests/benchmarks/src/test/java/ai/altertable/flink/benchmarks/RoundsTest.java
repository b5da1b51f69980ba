package ai.altertable.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoundsTest {

    @Test
    void giveTheMedianOfThoseThatRan() throws Exception {
        Deque<Integer> results = new ArrayDeque<>(List.of(7, 1, 4));

        Rounds<SourceContender, Integer> rounds =
                Rounds.run(
                        SourceContender.class,
                        3,
                        List.of(SourceContender.OURS, SourceContender.JDBC),
                        contender ->
                                contender == SourceContender.JDBC
                                        ? Optional.empty()
                                        : Optional.of(results.poll()));

        assertThat(rounds.contenders()).containsExactly(SourceContender.OURS);
        assertThat(rounds.median(SourceContender.OURS, result -> result)).isEqualTo(4);
        assertThat(rounds.median(SourceContender.JDBC, result -> result)).isNaN();
    }
}
