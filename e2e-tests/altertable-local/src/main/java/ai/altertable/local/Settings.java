package ai.altertable.local;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a lakehouse is to be started.
 *
 * @param users passwords by user name
 * @param control whether faults and arrivals can be reached over HTTP
 */
public record Settings(
        Listen listen, Map<String, String> users, Store store, Api api, boolean control) {

    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 15000;
    public static final String DEFAULT_CATALOG = "lake";

    /** Who may come in when nobody was named: a door with a known key, for loopback only. */
    public static final String DEFAULT_USER = "altertable";

    /** Where the server listens; port 0 takes a free one. */
    public record Listen(String host, int port, Optional<Tls> tls) {
        public Listen {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException(
                        "--port takes a number from 0 to 65535, not " + port);
            }
        }
    }

    /** A certificate chain and its private key, as PEM files. */
    public record Tls(Path key, Path certificate) {}

    /**
     * What is kept, and where.
     *
     * @param data the folder of the tables; empty keeps them in memory
     * @param extensions a folder that holds DuckDB's extensions
     */
    public record Store(
            Storage storage,
            List<String> catalogs,
            Optional<Path> data,
            Optional<Path> extensions) {
        public Store {
            catalogs = List.copyOf(catalogs);
            catalogs.forEach(Store::checkName);
            if (catalogs.isEmpty()) {
                throw new IllegalArgumentException(
                        "at least one catalog is needed: --catalog NAME");
            }
            if (catalogs.stream().map(Store::lowerCase).distinct().count() < catalogs.size()) {
                throw new IllegalArgumentException("--catalog names the same catalog twice");
            }
        }

        /** A catalog is also a file in the data folder, so its name is kept plain. */
        private static void checkName(String name) {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_-]{0,62}")) {
                throw new IllegalArgumentException(
                        "--catalog takes letters, digits, '_' and '-', not '" + name + "'");
            }
            if (List.of("memory", "system", "temp").contains(lowerCase(name))) {
                throw new IllegalArgumentException(
                        "--catalog cannot be '" + name + "': DuckDB keeps that name for itself");
            }
        }

        private static String lowerCase(String name) {
            return name.toLowerCase(Locale.ROOT);
        }

        public String defaultCatalog() {
            return catalogs.get(0);
        }

        public boolean hasCatalog(String name) {
            return catalogs.stream().anyMatch(name::equalsIgnoreCase);
        }
    }

    public Settings {
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        if (users.isEmpty()) {
            throw new IllegalArgumentException("at least one user is needed: --user name:password");
        }
    }

    boolean hasDefaultUser() {
        return users.equals(Map.of(DEFAULT_USER, DEFAULT_USER));
    }

    /** Users are left out: this text may be logged. */
    @Override
    public String toString() {
        return "Settings[" + listen + ", " + store.storage().flag() + ", api " + api.flag() + "]";
    }
}
