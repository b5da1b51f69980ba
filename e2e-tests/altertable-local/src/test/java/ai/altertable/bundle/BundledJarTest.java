package ai.altertable.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of a bundle sees each thing that can be wrong with one. */
class BundledJarTest {

    private static final String JACKSON = "- com.fasterxml:jackson-core:2.22.4 (Apache-2.0)";
    private static final String JETTY = "- org.jetty:jetty-io:12.1.14 (Apache-2.0 or EPL-2.0)";
    private static final String SLF4J = "- org.slf4j:slf4j-api:2.0.20 (MIT)";

    @TempDir Path folder;

    @Test
    void findsNothingWrongWithACompleteJar() throws IOException {
        BundledJar jar =
                jar(
                        List.of(JACKSON, JETTY, SLF4J),
                        Map.of(
                                "META-INF/NOTICE",
                                "Bundled:\n" + String.join("\n", SLF4J, JETTY, JACKSON),
                                "META-INF/licenses/Apache-2.0.txt",
                                "Apache",
                                "META-INF/licenses/org.slf4j.txt",
                                "MIT"));

        assertThat(jar.missingInNotice()).isEmpty();
        assertThat(jar.staleInNotice()).isEmpty();
        assertThat(jar.missingLicenceTexts()).isEmpty();
        assertThat(jar.leftovers()).isEmpty();
        assertThat(jar.entriesOutside(List.of("META-INF/"))).isEmpty();
    }

    @Test
    void missesEverythingInAJarWithoutNotice() throws IOException {
        assertThat(jar(List.of(JACKSON), Map.of()).missingInNotice()).containsExactly(JACKSON);
    }

    @Test
    void seesAnotherVersionInNotice() throws IOException {
        String old = JACKSON.replace("2.22.4", "2.22.3");
        BundledJar jar = jar(List.of(JACKSON), Map.of("META-INF/NOTICE", old));

        assertThat(jar.missingInNotice()).containsExactly(JACKSON);
        assertThat(jar.staleInNotice()).containsExactly(old);
    }

    @Test
    void seesAnotherLicenceInNotice() throws IOException {
        BundledJar jar =
                jar(
                        List.of(JACKSON),
                        Map.of("META-INF/NOTICE", JACKSON.replace("Apache-2.0", "MIT")));

        assertThat(jar.missingInNotice()).containsExactly(JACKSON);
    }

    @Test
    void readsAFileOfTheJar() throws IOException {
        BundledJar jar = jar(List.of(), Map.of("META-INF/LICENSE", "ours"));

        assertThat(jar.text("META-INF/LICENSE")).isEqualTo("ours");
        assertThat(jar.text("META-INF/NOTICE")).isEmpty();
    }

    @Test
    void missesTheTextsOfLicences() throws IOException {
        BundledJar jar = jar(List.of(JACKSON, JETTY, SLF4J), Map.of());

        assertThat(jar.missingLicenceTexts())
                .containsExactly(
                        "META-INF/licenses/Apache-2.0.txt", "META-INF/licenses/org.slf4j.txt");
    }

    @Test
    void seesWhatIsNotAllowed() throws IOException {
        BundledJar jar =
                jar(
                        List.of(),
                        Map.of(
                                "ours/A.class", "",
                                "theirs/B.class", "",
                                "META-INF/versions/21/theirs/B.class", ""));

        assertThat(jar.entriesOutside(List.of("ours/", "META-INF/versions/21/ours/")))
                .containsExactly("META-INF/versions/21/theirs/B.class", "theirs/B.class");
    }

    @Test
    void seesSignaturesAndModuleDescriptors() throws IOException {
        BundledJar jar =
                jar(
                        List.of(),
                        Map.of(
                                "META-INF/SIGNER.SF", "",
                                "META-INF/SIGNER.RSA", "",
                                "META-INF/versions/9/module-info.class", "",
                                "module-info.class", ""));

        assertThat(jar.leftovers()).hasSize(4);
    }

    @Test
    void seesServicesWithoutTheirClass() throws IOException {
        BundledJar jar =
                jar(
                        List.of(),
                        Map.of(
                                "META-INF/services/spi.Plug",
                                "# ours\nours.Plug\ntheirs.Plug # not here\n",
                                "ours/Plug.class",
                                ""));

        assertThat(jar.servicesWithoutClass())
                .containsExactly("META-INF/services/spi.Plug: theirs.Plug");
    }

    @Test
    void seesDuplicates() throws IOException {
        BundledJar jar = jar(List.of(), Map.of("A.class", "", "B.class", ""));
        // No tool of Java's writes two files of one name, so the bytes are changed.
        byte[] bytes = Files.readAllBytes(jar.jar());
        for (int i = 0; i < bytes.length - 1; i++) {
            if (bytes[i] == 'B' && bytes[i + 1] == '.') {
                bytes[i] = 'A';
            }
        }
        Files.write(jar.jar(), bytes);

        assertThat(jar.duplicates()).containsExactly("A.class");
    }

    private BundledJar jar(List<String> bundled, Map<String, String> entries) throws IOException {
        Path list = Files.write(folder.resolve("bundled.txt"), bundled);
        Path jar = folder.resolve("bundle.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return new BundledJar(jar, list);
    }
}
