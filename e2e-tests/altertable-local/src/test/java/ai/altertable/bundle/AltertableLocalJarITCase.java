package ai.altertable.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class AltertableLocalJarITCase extends BundledJarContract {

    private static final String JAR = "altertable-local.jar";

    AltertableLocalJarITCase() {
        super(BundledJar.inTarget(JAR), 130_000_000);
    }

    @Test
    void runsByItself() throws IOException {
        try (JarFile jar = new JarFile(Path.of("target", JAR).toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Main-Class")).isEqualTo("ai.altertable.local.Main");
            assertThat(manifest.getValue("Add-Opens")).isEqualTo("java.base/java.nio");
            assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
            assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
        }
    }
}
