package ai.altertable.flink;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.bundle.BundledJar;
import ai.altertable.bundle.BundledJarContract;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The jar for a cluster's {@code lib/}: whatever it bundles is relocated, and Flink is not in it.
 */
class SqlConnectorJarITCase extends BundledJarContract {

    private static final List<String> PLATFORMS =
            List.of(
                    "darwin/aarch64",
                    "darwin/x86_64",
                    "linux/aarch64",
                    "linux/amd64",
                    "linux/loongarch64",
                    "linux/ppc64le",
                    "linux/riscv64",
                    "linux/s390x",
                    "win/aarch64",
                    "win/amd64");

    /** The cluster's; and what OkHttp takes where it is there: other TLS, Android, GraalVM. */
    private static final List<String> ELSEWHERE =
            List.of(
                    "org.apache.flink.",
                    "android.",
                    "com.oracle.svm.",
                    "dalvik.",
                    "org.bouncycastle.",
                    "org.conscrypt.",
                    "org.graalvm.",
                    "org.openjsse.");

    private static final BundledJar JAR = BundledJar.inTarget("flink-sql-connector-altertable.jar");

    private static final String SHADED = "ai/altertable/flink/shaded/";

    SqlConnectorJarITCase() {
        super(JAR, 9_000_000);
    }

    @Test
    void holdsOnlyTheConnectorAndWhatIsRelocated() throws IOException {
        List<String> allowed =
                new ArrayList<>(
                        List.of(
                                SHADED + "com/fasterxml/jackson/core/",
                                SHADED + "io/airlift/compress/",
                                SHADED + "kotlin/",
                                SHADED + "okhttp3/",
                                SHADED + "okio/",
                                SHADED + "org/apache/parquet/format/",
                                SHADED + "org/intellij/lang/annotations/",
                                SHADED + "org/jetbrains/annotations/",
                                SHADED + "shaded/parquet/org/apache/thrift/",
                                // The classes that zstd's native libraries look for.
                                "com/github/luben/zstd/",
                                // Jackson carries these two beside its own.
                                "META-INF/FastDoubleParser-",
                                "META-INF/Schubfach-LICENSE",
                                "META-INF/LICENSE",
                                "META-INF/MANIFEST.MF",
                                "META-INF/NOTICE",
                                "META-INF/licenses/",
                                "META-INF/services/"
                                        + (SHADED + "com/fasterxml/jackson/core/JsonFactory")
                                                .replace('/', '.'),
                                "META-INF/services/org.apache.flink.table.factories.Factory"));
        for (String room : List.of("client", "format", "sink", "source", "table")) {
            allowed.add("ai/altertable/flink/" + room + "/");
        }
        for (String platform : PLATFORMS) {
            allowed.add(platform + "/libzstd-jni-");
        }

        assertThat(JAR.entriesOutside(allowed))
                .allMatch(entry -> entry.matches("ai/altertable/flink/[^/]+"));
    }

    /** Where Flink runs; elsewhere zstd runs in Java. */
    @Test
    void holdsANativeLibraryForEachPlatformOfFlink() throws IOException {
        for (String platform : PLATFORMS) {
            assertThat(JAR.entriesOutside(List.of("ai/", "com/", "META-INF/")))
                    .as(platform)
                    .anyMatch(entry -> entry.startsWith(platform + "/"));
        }
    }

    /** What was left out is used by nothing that is in. */
    @Test
    void needsNothingButFlink() throws Exception {
        StringWriter output = new StringWriter();
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(output),
                        new PrintWriter(output),
                        "--missing-deps",
                        "--multi-release",
                        "17",
                        "--class-path",
                        flink().stream().map(Path::toString).collect(joining(File.pathSeparator)),
                        JAR.jar().toString());

        assertThat(output.toString()).contains("not found");
        assertThat(output.toString().lines())
                .filteredOn(line -> line.startsWith("   "))
                .map(line -> line.replaceFirst(".*-> (\\S+).*", "$1"))
                .allMatch(missing -> ELSEWHERE.stream().anyMatch(missing::startsWith));
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
        urls.add(JAR.jar().toUri().toURL());
        urls.add(EncodesParquet.class.getProtectionDomain().getCodeSource().getLocation());
        for (Path jar : flink()) {
            urls.add(jar.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Flink's jars and the logging, without what else the tests have. */
    private static List<Path> flink() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(
                        jar ->
                                jar.toUri().getPath().contains("/org/apache/flink/")
                                        || jar.toUri().getPath().contains("/org/slf4j/"))
                .toList();
    }

    @Test
    void saysWhichFactoriesItHas() throws IOException {
        assertThat(JAR.text("META-INF/services/org.apache.flink.table.factories.Factory").strip())
                .isEqualTo("ai.altertable.flink.table.AltertableTableFactory");
        assertThat(JAR.text("META-INF/MANIFEST.MF")).doesNotContain("Multi-Release");
    }
}
