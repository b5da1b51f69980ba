package ai.altertable.flink.client;

import ai.altertable.flink.AltertableOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.apache.flink.configuration.ConfigOption;

/** Who calls, for the server's logs. */
final class UserAgent {

    private static final String UNKNOWN = "unknown";

    static final String TEXT =
            "flink-connector-altertable/"
                    + version(
                            AltertableOptions.class,
                            "/ai/altertable/flink/version.properties",
                            "version")
                    + " flink/"
                    // The Flink that runs, not the one compiled against; it says so in this file.
                    + version(
                            ConfigOption.class,
                            "/.flink-runtime.version.properties",
                            "project.version");

    private UserAgent() {}

    private static String version(Class<?> neighbour, String resource, String key) {
        try (InputStream in = neighbour.getResourceAsStream(resource)) {
            if (in == null) {
                return UNKNOWN;
            }
            Properties properties = new Properties();
            properties.load(in);
            String version = properties.getProperty(key, UNKNOWN).strip();
            return version.matches("[\\w.+-]{1,64}") ? version : UNKNOWN;
        } catch (IOException | IllegalArgumentException e) {
            return UNKNOWN;
        }
    }
}
