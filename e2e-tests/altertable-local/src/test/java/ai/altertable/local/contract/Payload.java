package ai.altertable.local.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** The file of an upload, and the word of the {@code format} parameter for it. */
record Payload(String format, byte[] bytes) {

    /** A JSON array, or one JSON object per line. */
    static Payload json(String text) {
        return new Payload("json", text.getBytes(StandardCharsets.UTF_8));
    }

    static Payload jsonl(String... lines) {
        return json(String.join("\n", lines) + "\n");
    }

    static Payload csv(String... lines) {
        return new Payload(
                "csv", (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The result of a query, written by a DuckDB of the test's own. */
    static Payload parquet(String select) {
        try {
            Path folder = Files.createTempDirectory("contract");
            Path file = folder.resolve("rows.parquet");
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "COPY ("
                                + select
                                + ") TO "
                                + Table.literal(file.toString())
                                + " (FORMAT parquet)");
                return new Payload("parquet", Files.readAllBytes(file));
            } catch (SQLException e) {
                throw new IllegalArgumentException("not a query: " + select, e);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Payload cutTo(int length) {
        return new Payload(format, Arrays.copyOf(bytes, length));
    }
}
