package ai.altertable.local;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What the flags ask for. */
final class CommandLine {

    static final String USAGE =
            """
            An Altertable lakehouse on this machine: the HTTP API on a real DuckDB.

            Usage: java -jar altertable-local.jar [flags]

              --port N                where to listen (15000; 0 takes a free one)
              --host NAME             on which address (127.0.0.1); beyond loopback needs --user
              --user NAME:PASSWORD    who may come in; repeatable (altertable:altertable)
              --data DIR              keep tables in this folder (default: in memory)
              --catalog NAME          a catalog to serve; repeatable (lake)
              --storage KIND          duckdb (default), or ducklake: snapshots as the service has them
              --extensions DIR        where DuckDB's extensions are, for ducklake without a network
                                      (or the environment variable ALTERTABLE_LOCAL_EXTENSIONS)
              --api GENERATION        1, 2 or both (default) generations of the API
              --tls-key FILE          serve HTTPS with this PKCS #8 key (PEM) ...
              --tls-cert FILE         ... and this certificate chain (PEM)
              --control               open /_control: inject faults, list what arrived
              --help, --version
            """;

    private final AltertableLocal.Builder builder =
            AltertableLocal.builder().port(Settings.DEFAULT_PORT);
    private final Deque<String> words;
    private String host = Settings.DEFAULT_HOST;
    private boolean hasUser;
    private Optional<Path> tlsKey = Optional.empty();
    private Optional<Path> tlsCertificate = Optional.empty();

    private CommandLine(String[] args) {
        words = new ArrayDeque<>(List.of(args));
    }

    /** The settings that these flags make; an IllegalArgumentException names the flag to change. */
    static Settings parse(String... args) {
        CommandLine line = new CommandLine(args);
        while (!line.words.isEmpty()) {
            line.readFlag();
        }
        return line.settings();
    }

    private void readFlag() {
        String word = words.removeFirst();
        int equals = word.indexOf('=');
        String flag = equals < 0 ? word : word.substring(0, equals);
        if (flag.equals("--control") && equals < 0) {
            builder.control(true);
            return;
        }
        if (equals >= 0) {
            words.addFirst(word.substring(equals + 1));
        }
        switch (flag) {
            case "--port" -> builder.port(number(flag));
            case "--host" -> {
                host = value(flag);
                builder.host(host);
            }
            case "--user" -> user(value(flag));
            case "--data" -> builder.data(path(flag));
            case "--catalog" -> builder.catalog(value(flag));
            case "--storage" -> builder.storage(Storage.ofFlag(value(flag)));
            case "--extensions" -> builder.extensions(path(flag));
            case "--api" -> builder.api(Api.ofFlag(value(flag)));
            case "--tls-key" -> tlsKey = Optional.of(path(flag));
            case "--tls-cert" -> tlsCertificate = Optional.of(path(flag));
            default -> throw new IllegalArgumentException("there is no flag " + flag);
        }
    }

    private String value(String flag) {
        if (words.isEmpty() || words.peekFirst().isEmpty()) {
            throw new IllegalArgumentException(flag + " needs a value");
        }
        return words.removeFirst();
    }

    private int number(String flag) {
        String value = value(flag);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(flag + " takes a number, not '" + value + "'");
        }
    }

    private Path path(String flag) {
        return Path.of(value(flag));
    }

    /** A wrong value is not repeated: it may hold a password. */
    private void user(String nameAndPassword) {
        int colon = nameAndPassword.indexOf(':');
        if (colon < 1 || colon == nameAndPassword.length() - 1) {
            throw new IllegalArgumentException("--user takes name:password");
        }
        hasUser = true;
        builder.user(nameAndPassword.substring(0, colon), nameAndPassword.substring(colon + 1));
    }

    private Settings settings() {
        if (tlsKey.isPresent() != tlsCertificate.isPresent()) {
            throw new IllegalArgumentException("--tls-key and --tls-cert go together");
        }
        if (tlsKey.isPresent()) {
            builder.tls(tlsKey.get(), tlsCertificate.get());
        }
        if (!hasUser && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "--host beyond loopback needs --user name:password: the default user has a"
                            + " known password");
        }
        return builder.settings();
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--host " + host + " is not known", e);
        }
    }
}
