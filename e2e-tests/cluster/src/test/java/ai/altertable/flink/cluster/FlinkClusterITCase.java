package ai.altertable.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Flink that the end-to-end tests run on is the newest supported one, and it runs jobs. */
class FlinkClusterITCase {

    @Test
    void isTheNewestSupportedVersion() {
        assertThat(EnvironmentInformation.getVersion())
                .isEqualTo(System.getProperty("flink.cluster.version"));
    }

    /** The distributions have poms without a parent, and so their own idea of versions. */
    @ParameterizedTest
    @CsvSource({"target/flink, flink.cluster.version", "oldest/target/flink, flink.oldest.version"})
    void areTheSupportedVersions(String distribution, String version) {
        assertThat(Path.of("flink", distribution, "lib"))
                .isDirectoryContaining(
                        "glob:**/flink-runtime-" + System.getProperty(version) + ".jar");
    }

    @Test
    void runsABoundedJob() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);

        List<Long> results =
                env.fromSequence(1, 100).filter(n -> n % 10 == 0).executeAndCollect(100);

        assertThat(results)
                .containsExactlyInAnyOrder(10L, 20L, 30L, 40L, 50L, 60L, 70L, 80L, 90L, 100L);
    }
}
