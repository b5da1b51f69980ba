package ai.altertable.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * What a jar that carries other people's code must keep. A module that bundles subclasses this with
 * a test that runs after packaging.
 */
public abstract class BundledJarContract {

    private final BundledJar jar;
    private final long maxBytes;

    protected BundledJarContract(BundledJar jar, long maxBytes) {
        this.jar = jar;
        this.maxBytes = maxBytes;
    }

    @Test
    void namesEveryBundledArtifactInNoticeWithVersionAndLicence() throws IOException {
        assertThat(jar.missingInNotice()).as("lines to add to META-INF/NOTICE").isEmpty();
        assertThat(jar.staleInNotice()).as("lines to take out of META-INF/NOTICE").isEmpty();
    }

    @Test
    void carriesTheTextOfEveryLicence() throws IOException {
        assertThat(jar.missingLicenceTexts()).isEmpty();
    }

    /** Not the licence of a bundled artifact that has the same path. */
    @Test
    void isUnderOurOwnLicence() throws IOException {
        assertThat(jar.text("META-INF/LICENSE"))
                .startsWith("MIT License")
                .contains("Altertable Flink connector authors");
    }

    @Test
    void holdsNoSignatureAndNoModuleDescriptor() throws IOException {
        assertThat(jar.leftovers()).isEmpty();
    }

    @Test
    void holdsNothingTwice() throws IOException {
        assertThat(jar.duplicates()).isEmpty();
    }

    @Test
    void namesNoServiceThatItDoesNotHold() throws IOException {
        assertThat(jar.servicesWithoutClass()).isEmpty();
    }

    @Test
    void staysWithinItsSize() throws IOException {
        assertThat(jar.size()).isLessThanOrEqualTo(maxBytes);
    }
}
