package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.TableId;
import ai.altertable.flink.sink.StagedChunks.How;
import ai.altertable.flink.sink.StagedChunks.Merge;
import ai.altertable.flink.sink.StagedChunks.Table;
import ai.altertable.flink.sink.StagedChunks.TypedColumn;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What checkpoints hold until it is committed. The golden files are of the versions that were
 * released: never change one.
 */
class StagedChunksSerializerTest {

    private static final TableId LEDGER = new TableId("lake", "staging", Ledger.NAME);

    private static final StagedChunks APPENDED =
            new StagedChunks(
                    new UUID(1, 2),
                    new How(
                            new TableId("lake", "main", "Ünïcode 🦆"),
                            LEDGER,
                            List.of("id", "na\"me"),
                            Merge.NONE),
                    List.of(new Table("__flink_staged_1", 0, 500_000)));

    private static final StagedChunks MERGED =
            new StagedChunks(
                    new UUID(-1, Long.MIN_VALUE),
                    new How(
                            new TableId("lake", "main", "orders"),
                            LEDGER,
                            List.of("region", "id", "version", "gone"),
                            new Merge(
                                    List.of(
                                            new TypedColumn("region", "VARCHAR"),
                                            new TypedColumn("id", "DECIMAL(38, 0)")),
                                    List.of(new TypedColumn("version", "BIGINT")),
                                    "gone",
                                    false)),
                    List.of(
                            new Table("__flink_staged_2", 0, 1),
                            new Table("__flink_staged_3", 1, 2)));

    private final StagedChunksSerializer serializer = StagedChunksSerializer.INSTANCE;

    @Test
    void rowsOfVersion1AreRead() throws IOException {
        assertGolden("staged-appended-1.bin", APPENDED);
        assertGolden("staged-merged-1.bin", MERGED);
    }

    private void assertGolden(String name, StagedChunks expected) throws IOException {
        try (InputStream in = StagedChunksSerializerTest.class.getResourceAsStream(name)) {
            byte[] golden = in.readAllBytes();
            assertThat(serializer.deserialize(1, golden)).isEqualTo(expected);
            assertThat(serializer.serialize(expected)).isEqualTo(golden);
            assertThat(serializer.getVersion()).isEqualTo(1);
        }
    }

    @Test
    void isSmall() throws IOException {
        assertThat(serializer.serialize(MERGED)).hasSizeLessThan(300);
    }

    @Test
    void refusesTheStateOfANewerConnector() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[100]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("newer");
    }
}
