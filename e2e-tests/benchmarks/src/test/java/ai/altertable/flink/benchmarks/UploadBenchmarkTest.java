package ai.altertable.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class UploadBenchmarkTest {

    @Test
    void measuresTheSameBytesOnBothWays() throws IOException {
        UploadBenchmark benchmark = new UploadBenchmark();
        benchmark.start();
        try {
            for (int i = 0; i < 3; i++) {
                benchmark.post();
                assertThat(benchmark.socket()).isEqualTo(1);
            }
        } finally {
            benchmark.stop();
        }
    }
}
