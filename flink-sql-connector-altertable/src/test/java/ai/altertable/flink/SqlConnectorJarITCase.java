package ai.altertable.flink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.bundle.BundledJar;
import ai.altertable.bundle.BundledJarContract;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The jar for a cluster's {@code lib/}: whatever it bundles is relocated, and Flink is not in it.
 */
class SqlConnectorJarITCase extends BundledJarContract {

    private static final BundledJar JAR = BundledJar.inTarget("flink-sql-connector-altertable.jar");

    SqlConnectorJarITCase() {
        super(JAR, 20_000_000);
    }

    @Test
    void holdsOnlyTheConnectorAndWhatIsRelocated() throws IOException {
        assertThat(
                        JAR.entriesOutside(
                                List.of(
                                        "ai/altertable/flink/",
                                        // Native libraries and the classes that they call.
                                        "aix/",
                                        "com/github/luben/zstd/",
                                        "darwin/",
                                        "freebsd/",
                                        "linux/",
                                        "win/",
                                        // Jackson carries these two beside its own.
                                        "META-INF/FastDoubleParser-",
                                        "META-INF/Schubfach-LICENSE",
                                        "META-INF/LICENSE",
                                        "META-INF/MANIFEST.MF",
                                        "META-INF/NOTICE",
                                        "META-INF/licenses/",
                                        "META-INF/services/ai.altertable.flink.shaded.",
                                        "META-INF/services/org.apache.flink.table.factories.Factory")))
                .isEmpty();
    }

    /** As on a cluster: the jar, Flink and a logging API; no Hadoop. */
    @ParameterizedTest
    @ValueSource(strings = {"ZSTD", "SNAPPY", "NONE"})
    void encodesParquetWithNothingBesideItButFlink(String codec) throws Exception {
        try (URLClassLoader cluster = new URLClassLoader(cluster(), null)) {
            byte[] file =
                    (byte[])
                            cluster.loadClass(EncodesParquet.class.getName())
                                    .getMethod("encode", String.class)
                                    .invoke(null, codec);

            assertThat(new String(file, US_ASCII)).startsWith("PAR1").endsWith("PAR1");
            assertThatThrownBy(() -> cluster.loadClass("org.apache.hadoop.conf.Configuration"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    private static URL[] cluster() throws Exception {
        List<URL> urls = new ArrayList<>();
        urls.add(Path.of("target", "flink-sql-connector-altertable.jar").toUri().toURL());
        urls.add(EncodesParquet.class.getProtectionDomain().getCodeSource().getLocation());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String path = entry.replace(File.separatorChar, '/');
            if (path.contains("/org/apache/flink/") || path.contains("/org/slf4j/")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    @Test
    void holdsTheConnector() throws IOException {
        assertThat(JAR.entriesOutside(List.of("META-INF/"))).isNotEmpty();
    }
}
