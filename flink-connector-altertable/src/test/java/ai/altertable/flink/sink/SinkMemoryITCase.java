package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.ChunkFormat;
import ai.altertable.flink.SmallHeap;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A writer holds one open chunk and those on their way and little else, also while the server is
 * stuck and rows keep coming.
 *
 * <p>The proof is a JVM whose heap has no room for another chunk.
 */
class SinkMemoryITCase {

    private static final int CHUNK_MIB = 64;
    private static final int IN_FLIGHT = 2;
    private static final int CHUNKS = 6;

    /** Flink's classes, the JVM, rows, and one batch of Parquet with what encodes it. */
    private static final int ELSE_MIB = 60;

    @ParameterizedTest
    @EnumSource
    void oneOpenChunkAndThoseOnTheirWayAreInMemory(ChunkFormat format) throws Exception {
        try (AltertableLocal lake = AltertableLocal.start()) {
            lake.execute("CREATE TABLE lake.main.orders (id BIGINT NOT NULL, name VARCHAR)");
            lake.faults().add(Fault.delay(Duration.ofSeconds(3)).onPath("/upload").times(2));

            SmallHeap.run(
                    (IN_FLIGHT + 1) * CHUNK_MIB + ELSE_MIB,
                    WriterProcess.class,
                    lake.url().toString(),
                    lake.username(),
                    lake.password(),
                    format.name(),
                    "" + CHUNK_MIB,
                    "" + CHUNKS,
                    "" + IN_FLIGHT);

            assertThat(lake.rows("SELECT count(*) = max(id) + 1 FROM lake.main.orders"))
                    .containsExactly(List.of(true));
        }
    }
}
