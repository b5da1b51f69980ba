package ai.altertable.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class AltertableLocalJarITCase extends BundledJarContract {

    private static final String JAR = "altertable-local.jar";
    private static final Path FILE = Path.of("target", JAR);

    AltertableLocalJarITCase() {
        super(BundledJar.inTarget(JAR), 130_000_000);
    }

    @Test
    void opensWhatArrowNeeds() throws IOException {
        try (JarFile jar = new JarFile(FILE.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Add-Opens")).isEqualTo("java.base/java.nio");
        }
    }

    @Test
    void runsByItself() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(java, "-jar", FILE.toString(), "--version")
                        .redirectErrorStream(true)
                        .start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).startsWith("altertable-local ");
    }
}
