package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;

/**
 * What checkpoints hold. The golden files are of the versions that were released: never change one.
 */
class SourceStateTest {

    private static final SplitTemplate TEMPLATE =
            new SplitTemplate(
                    "SELECT \"id\" AS \"id\" FROM \"lake\".\"main\".\"t\" AT (VERSION => 7) WHERE"
                            + " (",
                    ") AND (\"a\" > 1) LIMIT 5",
                    7);
    private static final QuerySplit FIRST =
            new QuerySplit("1", TEMPLATE, "\"name\" < CAST('Ünïcode 🦆''s' AS VARCHAR)", 1000);
    private static final QuerySplit SECOND = new QuerySplit("2", TEMPLATE, "\"name\" IS NULL", 0);

    private final QuerySplitSerializer splits = new QuerySplitSerializer();
    private final ScanProgressSerializer progress = new ScanProgressSerializer();

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = SourceStateTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void aSplitOfVersion1IsRead() throws IOException {
        byte[] golden = golden("query-split-1.bin");

        assertThat(splits.deserialize(1, golden)).isEqualTo(FIRST);
        assertThat(splits.getVersion()).isEqualTo(1);
        assertThat(splits.serialize(FIRST)).isEqualTo(golden);
    }

    @Test
    void theProgressOfVersion1IsRead() throws IOException {
        byte[] golden = golden("scan-progress-1.bin");
        ScanProgress expected = new ScanProgress(true, List.of(FIRST, SECOND));

        assertThat(progress.deserialize(1, golden)).isEqualTo(expected);
        assertThat(progress.getVersion()).isEqualTo(1);
        assertThat(progress.serialize(expected)).isEqualTo(golden);
    }

    @Test
    void tellsWhatIsNotPlannedFromWhatIsDone() throws IOException {
        for (ScanProgress state :
                List.of(ScanProgress.UNPLANNED, new ScanProgress(true, List.of()))) {
            assertThat(progress.deserialize(1, progress.serialize(state))).isEqualTo(state);
        }
    }

    @Test
    void writesOnceWhatAllSplitsHaveInCommon() throws IOException {
        SplitTemplate wide = new SplitTemplate("SELECT ".repeat(20_000), "", -1);
        List<QuerySplit> many =
                IntStream.range(0, 1000)
                        .mapToObj(i -> new QuerySplit("" + i, wide, "\"id\" < " + i, 1))
                        .toList();

        byte[] bytes = progress.serialize(new ScanProgress(true, many));

        assertThat(bytes).hasSizeLessThan(200_000);
        assertThat(progress.deserialize(1, bytes).pending()).isEqualTo(many);
    }

    @Test
    void refusesTheStateOfANewerConnector() {
        for (SimpleVersionedSerializer<?> serializer : List.of(splits, progress)) {
            assertThatThrownBy(() -> serializer.deserialize(2, new byte[100]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("newer connector");
        }
    }
}
