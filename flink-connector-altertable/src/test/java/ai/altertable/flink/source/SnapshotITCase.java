package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.local.AltertableLocal;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a scan reads while another client writes. */
class SnapshotITCase {

    private static final int ROWS = 8_000;
    private static final int SPLITS = 8;
    private static final Long[] IDS = LongStream.range(0, ROWS).boxed().toArray(Long[]::new);

    private static LocalFlink flink;

    @BeforeAll
    static void start() throws Exception {
        flink = LocalFlink.restarting(2, 3, Duration.ofMillis(100));
    }

    @AfterAll
    static void stop() {
        flink.close();
    }

    private static AltertableSourceBuilder<Row> source(AltertableLocal lake, String table) {
        return AltertableSource.builder(Row.class, Lakes.columns("id BIGINT"))
                .setAll(Lakes.options(lake))
                .table("lake", "main", table)
                .set(AltertableOptions.SCAN_PARTITION_COLUMN, "id")
                .set(AltertableOptions.SCAN_PARTITION_NUM, SPLITS);
    }

    private static List<Long> read(AltertableSource<Row> source, Meanwhile meanwhile)
            throws Exception {
        return flink.environment(2)
                .fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                .map(meanwhile)
                .returns(Types.LONG)
                .executeAndCollect(10 * ROWS);
    }

    private static void create(AltertableLocal lake) {
        lake.execute(
                "CREATE TABLE lake.main.t AS SELECT i AS id, i %% 7 AS k FROM range(%d) r(i)"
                        .formatted(ROWS));
    }

    private static void change(AltertableLocal lake) {
        lake.execute(
                "DELETE FROM lake.main.t",
                "INSERT INTO lake.main.t SELECT -i - 1, 0 FROM range(1000) r(i)");
    }

    @Nested
    class OnDuckLake {

        @Test
        void allSplitsReadOneMomentThroughAFailure() throws Exception {
            try (AltertableLocal lake = Lakes.duckLake()) {
                create(lake);

                List<Long> ids =
                        read(source(lake, "t").build(), new Meanwhile(true, () -> change(lake)));

                assertThat(ids).containsExactlyInAnyOrder(IDS);
                assertThat(lake.rows("SELECT count(*) FROM lake.main.t"))
                        .isEqualTo(List.of(List.of(1000L)));
            }
        }

        @Test
        void rowNumbersDivideATableThatWasChanged() throws Exception {
            try (AltertableLocal lake = Lakes.duckLake()) {
                create(lake);
                lake.execute(
                        "DELETE FROM lake.main.t WHERE k = 3",
                        "INSERT INTO lake.main.t SELECT id, 3 FROM lake.main.t AT (VERSION => 1)"
                                + " WHERE k = 3",
                        "UPDATE lake.main.t SET k = 9 WHERE k = 5");
                AltertableSource<Row> byRowNumber =
                        AltertableSource.builder(Row.class, Lakes.columns("id BIGINT"))
                                .setAll(Lakes.options(lake))
                                .table("lake", "main", "t")
                                .set(AltertableOptions.SCAN_PARTITION_NUM, SPLITS)
                                .build();

                List<Long> ids = read(byRowNumber, new Meanwhile(false, () -> change(lake)));

                assertThat(ids).containsExactlyInAnyOrder(IDS);
            }
        }

        @Test
        void aVersionIsReadAsItWas() throws Exception {
            try (AltertableLocal lake = Lakes.duckLake()) {
                create(lake);
                Object version = lake.rows("SELECT id FROM lake.current_snapshot()").get(0).get(0);
                change(lake);
                AltertableSourceBuilder<Row> source = source(lake, "t");

                assertThat(
                                read(
                                        source.set(AltertableOptions.SCAN_SNAPSHOT, "" + version)
                                                .build(),
                                        new Meanwhile(false, () -> {})))
                        .containsExactlyInAnyOrder(IDS);
                assertThatThrownBy(
                                () ->
                                        flink.collect(
                                                source.set(AltertableOptions.SCAN_SNAPSHOT, "99")
                                                        .build(),
                                                1))
                        .hasStackTraceContaining("Option 'scan.snapshot' is 99")
                        .hasStackTraceContaining("it has expired");
            }
        }

        @Test
        void aViewIsReadWithoutASnapshot() throws Exception {
            try (AltertableLocal lake = Lakes.duckLake()) {
                create(lake);
                lake.execute("CREATE VIEW lake.main.v AS SELECT id FROM lake.main.t");

                assertThat(flink.collect(source(lake, "v").build(), 2)).hasSize(ROWS);
            }
        }
    }

    @Nested
    class OnAPlainDatabase {

        @Test
        void eachSplitIsExactInItself() throws Exception {
            try (AltertableLocal lake = AltertableLocal.start()) {
                create(lake);

                List<Long> ids =
                        read(
                                source(lake, "t").build(),
                                new Meanwhile(true, () -> lake.execute("DELETE FROM lake.main.t")));

                // Neighbours are in one split, whose boundaries are not known here: so a split is
                // what is there without a gap.
                List<Long> sorted = ids.stream().sorted().toList();
                assertThat(sorted).doesNotHaveDuplicates();
                long gaps =
                        LongStream.range(1, sorted.size())
                                .filter(i -> sorted.get((int) i) != sorted.get((int) i - 1) + 1)
                                .count();
                assertThat(gaps).isLessThan(SPLITS);
            }
        }

        @Test
        void aVersionIsRefused() {
            try (AltertableLocal lake = AltertableLocal.start()) {
                create(lake);
                AltertableSource<Row> source =
                        source(lake, "t").set(AltertableOptions.SCAN_SNAPSHOT, "1").build();

                assertThatThrownBy(() -> flink.collect(source, 1))
                        .hasStackTraceContaining("Option 'scan.snapshot' is 1");
            }
        }
    }

    @Test
    void aQueryCannotBePinned() {
        try (AltertableLocal lake = AltertableLocal.start()) {
            AltertableSource<Row> source =
                    AltertableSource.builder(Row.class, Lakes.columns("id BIGINT"))
                            .setAll(Lakes.options(lake))
                            .query("SELECT 1::BIGINT AS id")
                            .set(AltertableOptions.SCAN_SNAPSHOT, "1")
                            .build();

            assertThatThrownBy(() -> flink.collect(source, 1))
                    .hasStackTraceContaining("cannot pin a query")
                    .hasStackTraceContaining("AT (VERSION => 1)");
        }
    }
}
