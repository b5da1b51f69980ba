package ai.altertable.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasurementTest {

    @Test
    void passesBetweenProcessesAsALine() {
        Measurement measurement = new Measurement(1.5, 2.25, 1e9);

        assertThat(Measurement.parse(measurement.line())).contains(measurement);
        assertThat(Measurement.parse("something that a job prints")).isEmpty();
    }

    @Test
    void countsWhatIsAllocated() throws Exception {
        byte[][] kept = new byte[1][];

        Measurement measurement = Measurement.of(() -> kept[0] = new byte[10_000_000]);

        assertThat(measurement.allocated()).isGreaterThan(9_999_999);
    }
}
