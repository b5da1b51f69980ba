package ai.altertable.flink;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How to reach a lakehouse. Equal connections share one client in a process.
 *
 * @param computeSize empty: the server chooses
 * @param caCertificate the path of a PEM file on whatever machine the job runs; empty: the JVM's
 *     own authorities
 */
public record Connection(
        URI url,
        Credentials credentials,
        Duration connectionTimeout,
        Duration requestTimeout,
        String computeSize,
        String caCertificate)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public Connection {
        checkUrl(url);
        checkPositive(connectionTimeout, AltertableOptions.CONNECTION_TIMEOUT.key());
        checkPositive(requestTimeout, AltertableOptions.REQUEST_TIMEOUT.key());
    }

    public static Connection from(ReadableConfig config) {
        return new Connection(
                parse(config.get(AltertableOptions.URL).strip()),
                Credentials.from(config),
                config.get(AltertableOptions.CONNECTION_TIMEOUT),
                config.get(AltertableOptions.REQUEST_TIMEOUT),
                optional(config.get(AltertableOptions.COMPUTE_SIZE)),
                optional(config.get(AltertableOptions.SSL_CA_CERTIFICATE)));
    }

    private static String optional(String value) {
        return Optional.ofNullable(value).map(String::strip).orElse("");
    }

    private static URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // Neither the text nor the exception: there may be a password in it.
            throw new IllegalArgumentException("Option 'url' is not a URL: " + e.getReason());
        }
    }

    private static void checkUrl(URI url) {
        String scheme = Optional.ofNullable(url.getScheme()).orElse("");
        if (!scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) {
            throw new IllegalArgumentException(
                    "Option 'url' must begin with https:// or, on a trusted network, http://");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "Option 'url' must not hold credentials: URLs are printed. Use the options"
                            + " 'username' and 'password', or 'token'");
        }
        if (url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "Option 'url' must be a host, perhaps with a port and a path: no query, no"
                            + " '#'");
        }
    }

    private static void checkPositive(Duration duration, String option) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("Option '" + option + "' must be longer than zero");
        }
    }
}
