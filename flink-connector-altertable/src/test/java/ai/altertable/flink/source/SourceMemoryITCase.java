package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.local.AltertableLocal;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A reader holds two splits and little else, however much it reads.
 *
 * <p>The proof is a JVM whose heap has no room for a third one.
 */
class SourceMemoryITCase {

    private static final int SPLIT_MIB = 32;

    /** Flink's classes, the JVM, a buffer to decode from: measured, 14 suffice. */
    private static final int ELSE_MIB = 24;

    private static final int SPLITS = 10;

    @Test
    void twoSplitsAtMostAreInMemory() throws Exception {
        try (AltertableLocal lake = AltertableLocal.start()) {
            String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Process process =
                    new ProcessBuilder(
                                    java,
                                    "-XX:+UseSerialGC",
                                    "-Xmx" + (2 * SPLIT_MIB + ELSE_MIB) + "m",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    ReaderProcess.class.getName(),
                                    lake.url().toString(),
                                    lake.username(),
                                    lake.password(),
                                    "" + SPLIT_MIB,
                                    "" + SPLITS)
                            .inheritIO()
                            .start();
            try {
                assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
