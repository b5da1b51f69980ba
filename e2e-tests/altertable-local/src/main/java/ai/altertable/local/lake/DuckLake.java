package ai.altertable.local.lake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Finds DuckDB's extension {@code ducklake}.
 *
 * <p>It is taken from the folder that {@code --extensions} or {@link #FOLDER_VARIABLE} names; else
 * from where DuckDB keeps installed extensions; else, and only because DuckLake storage was asked
 * for, DuckDB installs it from its own repository. An extension loads only into the very version of
 * DuckDB that it was built for.
 */
public final class DuckLake {

    public static final String FOLDER_VARIABLE = "ALTERTABLE_LOCAL_EXTENSIONS";

    private static final String FILE = "ducklake.duckdb_extension";

    private DuckLake() {}

    /** The folder that the environment names. */
    public static Optional<Path> folderOfEnvironment() {
        return Optional.ofNullable(System.getenv(FOLDER_VARIABLE))
                .filter(name -> !name.isBlank())
                .map(Path::of);
    }

    /** Whether the extension is on this machine; asks nobody else. */
    public static boolean available() {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            execute(connection, loadStatement(folderOfEnvironment()));
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    static void load(Connection connection, Optional<Path> folder) throws SQLException {
        try {
            execute(connection, loadStatement(folder));
        } catch (SQLException e) {
            if (file(folder).isPresent()) {
                throw new IllegalArgumentException(
                        FILE + " does not load: " + DuckDbError.message(e), e);
            }
            install(connection);
        }
    }

    private static void install(Connection connection) throws SQLException {
        try {
            execute(connection, "INSTALL ducklake");
            execute(connection, loadStatement(Optional.empty()));
        } catch (SQLException e) {
            throw new IllegalArgumentException(
                    "--storage ducklake needs DuckDB's extension 'ducklake' for "
                            + version(connection)
                            + ", which is not on this machine and could not be fetched. Put "
                            + FILE
                            + " into a folder and name the folder with --extensions or "
                            + FOLDER_VARIABLE
                            + ", or use --storage duckdb.",
                    e);
        }
    }

    /** In a statement of its own: the driver closes one that failed. */
    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String loadStatement(Optional<Path> folder) {
        return "LOAD " + file(folder).map(p -> Sql.literal(p.toString())).orElse("ducklake");
    }

    private static Optional<Path> file(Optional<Path> folder) {
        return folder.map(path -> path.resolve(FILE).toAbsolutePath()).filter(Files::isRegularFile);
    }

    private static String version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT version()")) {
            result.next();
            return result.getString(1);
        }
    }
}
