package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.local.AltertableLocal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another client changes the table's columns, or drops snapshots, while a job reads it. */
class ChangedTableITCase {

    private static final int ROWS = 4_000;
    private static final int SPLITS = 8;

    private static final String COLUMNS =
            "id BIGINT, n INT, price DECIMAL(12, 2), name STRING, born DATE, at TIMESTAMP(6)";

    private static final String TABLE =
            "CREATE TABLE lake.main.t AS SELECT i AS id, (i * 3)::INTEGER AS n,"
                    + " (i / 4)::DECIMAL(12, 2) AS price, 'name ' || i AS name,"
                    + " DATE '2000-01-01' + (i % 9999)::INTEGER AS born,"
                    + " TIMESTAMP '2000-01-01' + to_microseconds(i) AS at FROM range("
                    + ROWS
                    + ") r(i)";

    private static LocalFlink flink;

    @BeforeAll
    static void start() throws Exception {
        flink = LocalFlink.restarting(1, 1, Duration.ofMillis(50));
    }

    @AfterAll
    static void stop() {
        flink.close();
    }

    /** Again and again, for the next split may be being read, which is a conflict. */
    private static void alter(AltertableLocal lake, String change) throws Exception {
        Lakes.await(
                "the table is changed: " + change,
                () -> {
                    try {
                        lake.execute("ALTER TABLE lake.main.t " + change);
                        return true;
                    } catch (IllegalStateException e) {
                        return false;
                    }
                });
    }

    private static List<Long> read(AltertableLocal lake, Meanwhile meanwhile) throws Exception {
        AltertableSource<Row> source =
                AltertableSource.builder(Row.class, Lakes.columns(COLUMNS))
                        .setAll(Lakes.options(lake))
                        .table("lake", "main", "t")
                        .set(AltertableOptions.SCAN_PARTITION_COLUMN, "id")
                        .set(AltertableOptions.SCAN_PARTITION_NUM, SPLITS)
                        .build();
        return flink.environment(1)
                .fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                .map(meanwhile)
                .returns(Types.LONG)
                .executeAndCollect(10 * ROWS);
    }

    /** What the table holds before it is changed. */
    private static List<Row> rows() {
        return IntStream.range(0, ROWS).mapToObj(ChangedTableITCase::row).toList();
    }

    private static Row row(int i) {
        return Row.of(
                (long) i,
                i * 3,
                new BigDecimal(i).divide(new BigDecimal(4)).setScale(2),
                "name " + i,
                LocalDate.of(2000, 1, 1).plusDays(i % 9999),
                LocalDateTime.of(2000, 1, 1, 0, 0).plus(i, ChronoUnit.MICROS));
    }

    /** The splits that come after the change fail, and no row is another than it was. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RENAME n TO m                                            | Column \"n\"",
                "DROP COLUMN price                                        | Column \"price\"",
                "RENAME id TO key                                         | column \"id\"",
                "ALTER n TYPE DOUBLE USING n + 0.5                        | column 'n'",
                "ALTER n TYPE VARCHAR USING concat('x', n)                | column 'n'",
                "ALTER price TYPE DECIMAL(20, 4) USING price + 0.0001     | column 'price'",
                "ALTER born TYPE TIMESTAMP                                | column 'born'",
                "ALTER \"at\" TYPE VARCHAR                                  | isinf(VARCHAR)"
            })
    void aChangedColumnFailsTheJob(String change, String named) {
        try (AltertableLocal lake = AltertableLocal.start()) {
            lake.execute(TABLE);
            Meanwhile meanwhile = new Meanwhile(false, () -> alter(lake, change));

            Throwable failure = catchThrowable(() -> read(lake, meanwhile));

            assertThat(failure).hasStackTraceContaining(named);
            assertThat(meanwhile.seen()).isNotEmpty().isSubsetOf(rows());
        }
    }

    /** Nothing is lost where the new type shows the same values. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER n TYPE BIGINT",
                "ALTER price TYPE DECIMAL(20, 4)",
                "ADD COLUMN more INTEGER"
            })
    void aColumnThatReadsTheSameIsReadOn(String change) throws Exception {
        try (AltertableLocal lake = AltertableLocal.start()) {
            lake.execute(TABLE);
            Meanwhile meanwhile = new Meanwhile(false, () -> alter(lake, change));

            List<Long> ids = read(lake, meanwhile);

            assertThat(ids).hasSize(ROWS).doesNotHaveDuplicates();
            assertThat(meanwhile.seen()).containsAll(rows()).isSubsetOf(rows());
        }
    }

    /** The plan is restored, so the splits are as they were planned. */
    @Test
    void aColumnRenamedBetweenAFailureAndTheRestoreFailsTheJob() {
        try (AltertableLocal lake = AltertableLocal.start()) {
            lake.execute(TABLE);
            Meanwhile meanwhile = new Meanwhile(true, () -> alter(lake, "RENAME name TO who"));

            Throwable failure = catchThrowable(() -> read(lake, meanwhile));

            assertThat(failure)
                    .hasStackTraceContaining("Column \"name\"")
                    .hasStackTraceContaining("if the table has been changed since");
            assertThat(meanwhile.seen()).isNotEmpty().isSubsetOf(rows());
        }
    }

    @Test
    void aPinnedSnapshotHasTheColumnsOfItsMoment() throws Exception {
        try (AltertableLocal lake = Lakes.duckLake()) {
            lake.execute(TABLE);
            Meanwhile meanwhile =
                    new Meanwhile(
                            true,
                            () ->
                                    lake.execute(
                                            "ALTER TABLE lake.main.t RENAME name TO who",
                                            "ALTER TABLE lake.main.t ALTER n TYPE BIGINT",
                                            "ALTER TABLE lake.main.t DROP COLUMN price",
                                            "INSERT INTO lake.main.t SELECT id, -1, 'new', born, at"
                                                    + " FROM lake.main.t"));

            List<Long> ids = read(lake, meanwhile);

            assertThat(ids).hasSize(ROWS).doesNotHaveDuplicates();
            assertThat(meanwhile.seen()).containsAll(rows()).isSubsetOf(rows());
        }
    }

    @Test
    void aSnapshotThatExpiresFailsTheJobWithWhatToDo() {
        try (AltertableLocal lake = Lakes.duckLake()) {
            lake.execute(TABLE);
            Meanwhile meanwhile =
                    new Meanwhile(
                            false,
                            () ->
                                    lake.execute(
                                            "DELETE FROM lake.main.t WHERE id >= 0",
                                            "CALL ducklake_expire_snapshots('lake',"
                                                    + " older_than => now()::TIMESTAMPTZ)"));

            Throwable failure = catchThrowable(() -> read(lake, meanwhile));

            assertThat(failure)
                    .hasStackTraceContaining("Fetching split")
                    .hasStackTraceContaining("lake.main.t")
                    .hasStackTraceContaining("if the lakehouse has dropped that since")
                    .hasStackTraceContaining("keep snapshots for longer");
            assertThat(meanwhile.seen()).isNotEmpty().isSubsetOf(rows());
        }
    }
}
