package ai.altertable.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class EmptyBenchmarkTest {

    @Test
    void isFoundAndMeasuredByTheHarness() throws RunnerException {
        Options oneShortRound =
                new OptionsBuilder()
                        .include(EmptyBenchmark.class.getName())
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(100))
                        .verbosity(VerboseMode.SILENT)
                        .build();

        RunResult result = new Runner(oneShortRound).runSingle();

        assertThat(result.getPrimaryResult().getScoreUnit()).isEqualTo("ns/op");
        assertThat(result.getPrimaryResult().getScore()).isPositive().isLessThan(10_000);
    }
}
