package ai.altertable.local;

import ai.altertable.local.Settings.Listen;
import ai.altertable.local.Settings.Store;
import ai.altertable.local.Settings.Tls;
import ai.altertable.local.http.ApiServer;
import ai.altertable.local.lake.DuckLake;
import ai.altertable.local.lake.Lake;
import ai.altertable.local.lake.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Altertable lakehouse on this machine: the HTTP API on a real DuckDB.
 *
 * <pre>{@code
 * try (AltertableLocal lakehouse = AltertableLocal.start()) {
 *     client.connect(lakehouse.url(), lakehouse.username(), lakehouse.password());
 *     …
 *     assertThat(lakehouse.rows("SELECT count(*) FROM lake.main.orders")).isEqualTo(…);
 * }
 * }</pre>
 *
 * <p>The JVM needs {@code --add-opens=java.base/java.nio=ALL-UNNAMED}; the runnable jar brings it.
 */
public final class AltertableLocal implements AutoCloseable {

    private final Settings settings;
    private final Lake lake;
    private final ApiServer server;
    private final Faults faults;
    private final Arrivals arrivals;

    private AltertableLocal(
            Settings settings, Lake lake, ApiServer server, Faults faults, Arrivals arrivals) {
        this.settings = settings;
        this.lake = lake;
        this.server = server;
        this.faults = faults;
        this.arrivals = arrivals;
    }

    /** Starts a lakehouse in memory on a free port of loopback. */
    public static AltertableLocal start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    static AltertableLocal start(Settings settings) throws IOException, SQLException {
        Lake lake = Lake.open(settings.store());
        try {
            Faults faults = new Faults();
            Arrivals arrivals = new Arrivals();
            ApiServer server = ApiServer.start(settings, lake, faults, arrivals);
            return new AltertableLocal(settings, lake, server, faults, arrivals);
        } catch (IOException | RuntimeException e) {
            lake.close();
            throw e;
        }
    }

    public URI url() {
        Listen listen = settings.listen();
        String host = listen.host().contains(":") ? "[" + listen.host() + "]" : listen.host();
        String scheme = listen.tls().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + host + ":" + server.port());
    }

    /** The first of the users who may come in. */
    public String username() {
        return settings.users().keySet().iterator().next();
    }

    /** The password of {@link #username}. */
    public String password() {
        return settings.users().get(username());
    }

    public String catalog() {
        return settings.store().defaultCatalog();
    }

    public Faults faults() {
        return faults;
    }

    public Arrivals arrivals() {
        return arrivals;
    }

    /** The result of a query, as JDBC has its values; behind the API, so no fault strikes it. */
    public List<List<Object>> rows(String sql) {
        try (Connection connection = lake.session()) {
            return Rows.of(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements whose results are of no interest. */
    public void execute(String... statements) {
        try (Connection connection = lake.session();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                lake.commitTurn().take(() -> statement.execute(sql));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets running loads end, stops queries, and closes the database files. */
    @Override
    public void close() {
        try (lake) {
            server.close();
        }
    }

    /** How a lakehouse is to be; every setting has a default. */
    public static final class Builder {

        private final Map<String, String> users = new LinkedHashMap<>();
        private final List<String> catalogs = new ArrayList<>();
        private String host = Settings.DEFAULT_HOST;
        private int port;
        private Storage storage = Storage.DUCKDB;
        private Api api = Api.BOTH;
        private Optional<Path> data = Optional.empty();
        private Optional<Path> extensions = DuckLake.folderOfEnvironment();
        private Optional<Tls> tls = Optional.empty();
        private boolean control;

        private Builder() {}

        /** Lets a user in; may be called more than once. */
        public Builder user(String name, String password) {
            users.put(name, password);
            return this;
        }

        /** Adds a catalog; the first one is the default of names without a catalog. */
        public Builder catalog(String name) {
            catalogs.add(name);
            return this;
        }

        public Builder host(String newHost) {
            host = newHost;
            return this;
        }

        /** The port to listen on; 0, the default here, takes a free one. */
        public Builder port(int newPort) {
            port = newPort;
            return this;
        }

        public Builder storage(Storage newStorage) {
            storage = newStorage;
            return this;
        }

        public Builder api(Api newApi) {
            api = newApi;
            return this;
        }

        /** Keeps the tables in this folder instead of in memory. */
        public Builder data(Path folder) {
            data = Optional.of(folder);
            return this;
        }

        /** Where DuckDB's extensions are, instead of where the environment says. */
        public Builder extensions(Path folder) {
            extensions = Optional.of(folder);
            return this;
        }

        public Builder tls(Path key, Path certificate) {
            tls = Optional.of(new Tls(key, certificate));
            return this;
        }

        /** Opens {@code /_control}, by which faults are set and arrivals read over HTTP. */
        public Builder control(boolean open) {
            control = open;
            return this;
        }

        Settings settings() {
            if (users.isEmpty()) {
                users.put(Settings.DEFAULT_USER, Settings.DEFAULT_USER);
            }
            if (catalogs.isEmpty()) {
                catalogs.add(Settings.DEFAULT_CATALOG);
            }
            return new Settings(
                    new Listen(host, port, tls),
                    users,
                    new Store(storage, catalogs, data, extensions),
                    api,
                    control);
        }

        public AltertableLocal start() {
            try {
                return AltertableLocal.start(settings());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
