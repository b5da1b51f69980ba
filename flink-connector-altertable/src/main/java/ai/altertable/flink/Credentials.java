package ai.altertable.flink;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Who asks. The only class that can print the {@code Authorization} header; {@link #toString} shows
 * nothing of it.
 *
 * <p>It travels in the job graph, and there, as in any serialized form, the secret is readable.
 */
public final class Credentials implements Serializable {

    /** The first word of the header. */
    public enum Scheme {
        BASIC("Basic"),
        BEARER("Bearer");

        private final String word;

        Scheme(String word) {
            this.word = word;
        }
    }

    private static final long serialVersionUID = 1L;
    private static final String MASK = "****";

    /** RFC 9110's token68. Whatever else it held would be a header of its own, or none. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    /** Shorter ones are part of too many words, and are no secret anyway. */
    private static final int SHORTEST_SECRET = 4;

    private final String token;
    private final String password;
    private final Scheme scheme;

    private Credentials(String token, String password, Scheme scheme) {
        this.token = token;
        this.password = password;
        this.scheme = scheme;
    }

    public static Credentials ofPassword(String username, String password, Scheme scheme) {
        if (username.isEmpty() || username.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "Option 'username' must not be empty and cannot hold a colon");
        }
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Credentials(Base64.getEncoder().encodeToString(pair), password, scheme);
    }

    /** The token is the Base64 of {@code username:password}, with either scheme. */
    public static Credentials ofToken(String token, Scheme scheme) {
        String trimmed = token.strip();
        if (!TOKEN.matcher(trimmed).matches()) {
            throw new IllegalArgumentException(
                    "Option 'token' is not a token: it holds characters that no token has");
        }
        return new Credentials(trimmed, passwordIn(trimmed), scheme);
    }

    /** The secret inside the token, so that {@link #mask} finds it too. */
    private static String passwordIn(String token) {
        try {
            String pair = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    static Credentials from(ReadableConfig config) {
        Scheme scheme = config.get(AltertableOptions.AUTH_SCHEME);
        String username = config.get(AltertableOptions.USERNAME);
        String password = config.get(AltertableOptions.PASSWORD);
        String token = config.get(AltertableOptions.TOKEN);
        boolean byPassword = username != null && password != null && token == null;
        boolean byToken = token != null && username == null && password == null;
        if (!byPassword && !byToken) {
            throw new IllegalArgumentException(
                    "Set either both of the options 'username' and 'password', or 'token'");
        }
        return byToken ? ofToken(token, scheme) : ofPassword(username, password, scheme);
    }

    /** The value of the {@code Authorization} header: for the request, and for nothing else. */
    public String authorizationHeader() {
        return scheme.word + " " + token;
    }

    /** The text without the secrets, which a server may have echoed into it. */
    public String mask(String text) {
        String masked = text.replace(token, MASK);
        return password.length() < SHORTEST_SECRET ? masked : masked.replace(password, MASK);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Credentials that
                && scheme == that.scheme
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        that.token.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return 31 * token.hashCode() + scheme.ordinal();
    }

    @Override
    public String toString() {
        return scheme.name().toLowerCase(Locale.ROOT) + " " + MASK;
    }
}
