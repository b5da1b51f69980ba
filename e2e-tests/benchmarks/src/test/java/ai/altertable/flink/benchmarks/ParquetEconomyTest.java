package ai.altertable.flink.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.format.Chunk;
import ai.altertable.flink.format.ChunkEncoder;
import ai.altertable.flink.format.ColumnBinding;
import ai.altertable.flink.format.JsonlEncoder;
import ai.altertable.flink.format.ParquetCodec;
import ai.altertable.flink.format.ParquetEncoder;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.apache.flink.table.data.RowData;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Parquet row costs besides time: bytes in the file, bytes allocated. Both are exact. */
class ParquetEconomyTest {

    private static final RowData[] ROWS = Lineitem.rows(150_000, 7);

    private static final ColumnBinding COLUMNS = ColumnBinding.identity(Lineitem.TYPE);

    @TempDir private Path directory;

    @Test
    void aFileIsNoLargerThanTheOneThatDuckDbWrites() throws IOException, SQLException {
        Path ours = directory.resolve("ours.parquet");
        try (OutputStream out = Files.newOutputStream(ours)) {
            encode(new ParquetEncoder(COLUMNS, ParquetCodec.ZSTD)).writeTo(out);
        }
        Path theirs = directory.resolve("theirs.parquet");
        try (Connection duck = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = duck.createStatement()) {
            statement.execute(
                    "COPY (FROM '%s') TO '%s' (FORMAT parquet, COMPRESSION zstd)"
                            .formatted(ours, theirs));
        }

        assertThat(Files.size(ours)).isLessThanOrEqualTo(Files.size(theirs));
    }

    /**
     * A chunk of 500,000 rows, the default, is a tenth; a smaller one has dictionaries to pay for.
     * More than half of a file is the comment, which consists of random letters.
     */
    @Test
    void aFileIsAboutATenthOfTheSameRowsAsJson() {
        long json = encode(new JsonlEncoder(COLUMNS)).sizeInBytes();
        long parquet = encode(new ParquetEncoder(COLUMNS, ParquetCodec.ZSTD)).sizeInBytes();

        assertThat(json / (double) parquet).isGreaterThan(9.8);
    }

    @Test
    void aRowAllocatesNextToNothing() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ParquetEncoder encoder = new ParquetEncoder(COLUMNS, ParquetCodec.ZSTD);
        encode(encoder).release();
        encode(encoder).release();

        long before = thread.getCurrentThreadAllocatedBytes();
        encode(encoder).release();
        long each = (thread.getCurrentThreadAllocatedBytes() - before) / ROWS.length;

        assertThat(each).as("bytes a row").isLessThanOrEqualTo(40);
    }

    private static Chunk encode(ChunkEncoder encoder) {
        for (RowData row : ROWS) {
            encoder.add(row);
        }
        return encoder.seal();
    }
}
