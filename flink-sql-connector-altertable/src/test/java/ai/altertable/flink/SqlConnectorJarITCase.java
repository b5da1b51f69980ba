package ai.altertable.flink;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.bundle.BundledJar;
import ai.altertable.bundle.BundledJarContract;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    @Test
    void holdsTheConnector() throws IOException {
        assertThat(JAR.entriesOutside(List.of("META-INF/"))).isNotEmpty();
    }
}
