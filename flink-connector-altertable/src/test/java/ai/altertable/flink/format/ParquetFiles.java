package ai.altertable.flink.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Chunks as files for DuckDB to read. */
final class ParquetFiles {

    private final Path directory;
    private int files;

    ParquetFiles(Path directory) {
        this.directory = directory;
    }

    /** The table function that reads the chunk; the chunk's memory goes back. */
    String read(Chunk chunk) {
        return "read_parquet(" + write(chunk) + ")";
    }

    /** The file's name as SQL. */
    String write(Chunk chunk) {
        Path file = directory.resolve("chunk" + files++ + ".parquet");
        try (OutputStream out = Files.newOutputStream(file)) {
            chunk.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        chunk.release();
        return SqlText.quoted(file.toString());
    }
}
