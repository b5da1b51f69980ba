package ai.altertable.local.lake;

import ai.altertable.local.Settings.Store;
import ai.altertable.local.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * One DuckDB with the catalogs of the lakehouse attached and every way out closed: no access to
 * files but the server's own folders, no extensions, a locked configuration.
 */
public final class Lake implements AutoCloseable {

    /** Of a commit that others overtook while its transaction was open. */
    private static final int COMMIT_RETRIES = 100;

    private final Store store;
    private final DuckDBConnection root;
    private final Spool spool;
    private final Optional<Path> temporary;
    private final SqlGuard guard;
    private final CommitTurn commitTurn;

    private Lake(
            Store store,
            DuckDBConnection root,
            Spool spool,
            Optional<Path> temporary,
            SqlGuard guard) {
        this.store = store;
        this.root = root;
        this.spool = spool;
        this.temporary = temporary;
        this.guard = guard;
        this.commitTurn = new CommitTurn(store.storage());
    }

    /** Opens the data folder, or a lakehouse in memory. */
    public static Lake open(Store store) throws IOException, SQLException {
        Optional<Path> temporary =
                store.data().isPresent()
                        ? Optional.empty()
                        : Optional.of(Files.createTempDirectory("altertable-local-"));
        Path home = dataFolder(store, temporary);
        Spool spool = Spool.below(home);
        DuckDBConnection root = null;
        try {
            root = connect();
            makeFilesFolders(store, home);
            attach(root, store, home);
            lock(root, store, home, spool);
            return new Lake(store, root, spool, temporary, new SqlGuard(ownFolders(store, spool)));
        } catch (IOException | SQLException | RuntimeException e) {
            if (root != null) {
                root.close();
            }
            spool.close();
            temporary.ifPresent(Spool::delete);
            throw e;
        }
    }

    private static Path dataFolder(Store store, Optional<Path> temporary) {
        Path home = temporary.or(store::data).orElseThrow().toAbsolutePath().normalize();
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new IllegalArgumentException("--data " + home + " cannot be made a folder", e);
        }
        if (!Files.isWritable(home)) {
            throw new IllegalArgumentException("--data " + home + " cannot be written");
        }
        refuseTablesOfAnotherStorage(store, home);
        return home;
    }

    /** They would stay unseen beside new ones of the same names. */
    private static void refuseTablesOfAnotherStorage(Store store, Path home) {
        for (Storage other : Storage.values()) {
            for (String catalog : store.catalogs()) {
                String file = catalog + other.suffix();
                if (other != store.storage() && Files.exists(home.resolve(file))) {
                    throw new IllegalArgumentException(
                            "--data "
                                    + home
                                    + " has "
                                    + file
                                    + ", made with --storage "
                                    + other.flag()
                                    + ": start with that option, or name another folder");
                }
            }
        }
    }

    /**
     * DuckDB may write into these folders later, but not make them: it may not see their parent.
     */
    private static void makeFilesFolders(Store store, Path home) throws IOException {
        if (store.storage() == Storage.DUCKLAKE) {
            for (String catalog : store.catalogs()) {
                Files.createDirectories(home.resolve(filesFolder(catalog)));
            }
        }
    }

    private static DuckDBConnection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("allow_community_extensions", "false");
        return DriverManager.getConnection("jdbc:duckdb:", properties)
                .unwrap(DuckDBConnection.class);
    }

    private static void attach(DuckDBConnection root, Store store, Path home) throws SQLException {
        if (store.storage() == Storage.DUCKLAKE) {
            DuckLake.load(root, store.extensions());
        }
        try (Statement statement = root.createStatement()) {
            for (String catalog : store.catalogs()) {
                try {
                    statement.execute(attachStatement(store, home, catalog));
                } catch (SQLException e) {
                    throw new IllegalArgumentException(
                            "catalog '"
                                    + catalog
                                    + "' in "
                                    + home
                                    + " cannot be opened: "
                                    + DuckDbError.message(e).lines().findFirst().orElse(""),
                            e);
                }
            }
            statement.execute("USE " + Sql.identifier(store.defaultCatalog()));
            statement.execute("DETACH memory");
        }
    }

    private static String attachStatement(Store store, Path home, String catalog) {
        boolean durable = store.data().isPresent();
        String name = Sql.identifier(catalog);
        String file =
                durable ? home.resolve(catalog + store.storage().suffix()).toString() : ":memory:";
        if (store.storage() == Storage.DUCKDB) {
            return "ATTACH " + Sql.literal(file) + " AS " + name;
        }
        return "ATTACH "
                + Sql.literal("ducklake:" + file)
                + " AS "
                + name
                + " (DATA_PATH "
                + Sql.literal(home.resolve(filesFolder(catalog)).toString())
                + ")";
    }

    private static String filesFolder(String catalog) {
        return catalog + ".files";
    }

    private static List<String> ownFolders(Store store, Spool spool) {
        List<String> names = new ArrayList<>();
        names.add(spool.folder().getFileName().toString());
        if (store.storage() == Storage.DUCKLAKE) {
            store.catalogs().forEach(catalog -> names.add(filesFolder(catalog)));
        }
        return names;
    }

    /** From here on nobody can change the configuration, this class included. */
    private static void lock(DuckDBConnection root, Store store, Path home, Spool spool)
            throws SQLException {
        List<String> folders = new ArrayList<>();
        folders.add(Sql.literal(spool.folder() + "/"));
        if (store.storage() == Storage.DUCKLAKE) {
            for (String catalog : store.catalogs()) {
                folders.add(Sql.literal(home.resolve(filesFolder(catalog)) + "/"));
            }
        }
        try (Statement statement = root.createStatement()) {
            if (store.storage() == Storage.DUCKLAKE) {
                statement.execute("SET ducklake_max_retry_count = " + COMMIT_RETRIES);
            }
            statement.execute("SET temp_directory = " + Sql.literal(spool.folder() + "/temp"));
            statement.execute("SET allowed_directories = [" + String.join(", ", folders) + "]");
            statement.execute("SET allowed_configs = ['TimeZone']");
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
        }
    }

    public Store store() {
        return store;
    }

    public SqlGuard guard() {
        return guard;
    }

    public Path newSpoolFile() {
        return spool.newFile();
    }

    /** A connection of its own for one request; closing it rolls back what is not committed. */
    public DuckDBConnection session() throws SQLException {
        DuckDBConnection session = root.duplicate();
        try (Statement statement = session.createStatement()) {
            statement.execute("USE " + Sql.identifier(store.defaultCatalog()));
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    public CommitTurn commitTurn() {
        return commitTurn;
    }

    /** Writes everything into the database files and closes them. */
    @Override
    public void close() {
        try (root) {
            checkpoint();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB did not close", e);
        } finally {
            spool.close();
            temporary.ifPresent(Spool::delete);
        }
    }

    /** Best effort: what is committed is in the write-ahead log in any case. */
    private void checkpoint() {
        if (store.storage() != Storage.DUCKDB || store.data().isEmpty()) {
            return;
        }
        for (String catalog : store.catalogs()) {
            try (Statement statement = root.createStatement()) {
                statement.execute("CHECKPOINT " + Sql.identifier(catalog));
            } catch (SQLException e) {
                System.getLogger(Lake.class.getName())
                        .log(System.Logger.Level.DEBUG, "no checkpoint of " + catalog, e);
            }
        }
    }
}
