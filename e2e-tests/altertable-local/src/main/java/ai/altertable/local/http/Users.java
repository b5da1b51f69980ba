package ai.altertable.local.http;

import ai.altertable.local.Api;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who may come in. Tokens are compared in constant time, each with every user's. */
final class Users {

    private record User(String name, byte[] token) {}

    private final Api api;
    private final List<User> users;

    Users(Api api, Map<String, String> passwords) {
        this.api = api;
        this.users =
                passwords.entrySet().stream()
                        .map(e -> new User(e.getKey(), token(e.getKey(), e.getValue())))
                        .toList();
    }

    private static byte[] token(String name, String password) {
        return (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    }

    /** The user whom an Authorization header proves. */
    Optional<String> authenticate(String header) {
        byte[] given = tokenOf(header).orElse(new byte[0]);
        String found = null;
        for (User user : users) {
            if (MessageDigest.isEqual(user.token(), given)) {
                found = user.name();
            }
        }
        return Optional.ofNullable(found);
    }

    private Optional<byte[]> tokenOf(String header) {
        String[] parts = header == null ? new String[0] : header.strip().split(" +", 2);
        if (parts.length != 2 || !accepts(parts[0].toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(parts[1].strip()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private boolean accepts(String scheme) {
        return switch (scheme) {
            case "basic" -> api.acceptsBasic();
            case "bearer" -> api.acceptsBearer();
            default -> false;
        };
    }

    /** What a refused client is told. */
    String challenge() {
        return api.acceptsBasic()
                ? "Basic realm=\"altertable-local\", charset=\"UTF-8\""
                : "Bearer realm=\"altertable-local\"";
    }
}
