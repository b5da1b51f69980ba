package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every row exactly once, and as it is, while tasks and the job manager are killed and the
 * lakehouse misbehaves.
 */
class SourceExactlyOnceITCase {

    private static final int SPLITS = 8;
    private static final int PARALLELISM = 3;
    private static final int KILLS = 10;
    private static final int LONGEST_MINUTES = 5;

    private static final String COLUMNS =
            "id BIGINT, b BOOLEAN, tiny TINYINT, small SMALLINT, i INT, f FLOAT, d DOUBLE,"
                    + " n DECIMAL(20, 3), s STRING, bin BYTES, born DATE, woken TIME,"
                    + " ts TIMESTAMP(6), ltz TIMESTAMP_LTZ(6), items ARRAY<INT>,"
                    + " counts MAP<STRING, BIGINT>, nested ROW<a INT, b STRING>";

    private static final String TABLE =
            "CREATE TABLE lake.main.t AS SELECT i AS id, i %% 2 = 0 AS b,"
                    + " (i %% 128)::TINYINT AS tiny, (-(i %% 32769))::SMALLINT AS small,"
                    + " CASE WHEN i %% 10 <> 0 THEN i::INTEGER END AS i, (i / 4)::FLOAT AS f,"
                    + " i / 7 AS d, CAST(i AS DECIMAL(20, 3)) AS n, 'row \"' || i AS s,"
                    + " encode('x' || i) AS bin, DATE '2000-01-01' + (i %% 9999)::INTEGER AS born,"
                    + " TIME '00:00:00' + to_seconds(i %% 86400) AS woken,"
                    + " make_timestamp(i * 1000003) AS ts,"
                    + " make_timestamp(i * 1000003) AT TIME ZONE 'UTC' AS ltz,"
                    + " [i::INTEGER, NULL] AS items, MAP {'k': i} AS counts,"
                    + " {'a': i::INTEGER, 'b': 'y' || i} AS nested FROM range(%d) r(i)";

    private AltertableLocal lake;
    private LocalFlink flink;

    /** What {@link #TABLE} holds. */
    static Row row(long i) {
        LocalDateTime at =
                LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC)
                        .plus(i * 1000003, ChronoUnit.MICROS);
        return Row.of(
                i,
                i % 2 == 0,
                (byte) (i % 128),
                (short) -(i % 32769),
                i % 10 == 0 ? null : (int) i,
                i / 4f,
                i / 7.0,
                BigDecimal.valueOf(i).setScale(3),
                "row \"" + i,
                ("x" + i).getBytes(),
                LocalDate.of(2000, 1, 1).plusDays(i % 9999),
                LocalTime.ofSecondOfDay(i % 86400),
                at,
                at.toInstant(ZoneOffset.UTC),
                new Integer[] {(int) i, null},
                Map.of("k", i),
                Row.of((int) i, "y" + i));
    }

    @BeforeEach
    void start() throws Exception {
        lake = AltertableLocal.start();
        flink = LocalFlink.restarting(PARALLELISM, Integer.MAX_VALUE, Duration.ofMillis(100));
    }

    @AfterEach
    void stop() {
        flink.close();
        lake.close();
    }

    private JobClient submit(String partitionColumn, int rows) throws Exception {
        StreamExecutionEnvironment env = flink.environment(PARALLELISM);
        AltertableSourceBuilder<Row> source =
                AltertableSource.builder(Row.class, Lakes.columns(COLUMNS))
                        .setAll(Lakes.options(lake))
                        .table("lake", "main", "t")
                        .set(AltertableOptions.SCAN_PARTITION_NUM, SPLITS);
        if (!partitionColumn.isEmpty()) {
            source.set(AltertableOptions.SCAN_PARTITION_COLUMN, partitionColumn);
        }
        env.fromSource(source.build(), WatermarkStrategy.noWatermarks(), "source")
                .map(
                        new ExactlyOnceRun.Check(
                                partitionColumn, rows - 1, SourceExactlyOnceITCase::row))
                .returns(Types.LONG)
                .rebalance()
                .transform("sum", Types.LONG, new ExactlyOnceRun.AddUp(partitionColumn))
                .setParallelism(1)
                .sinkTo(new DiscardingSink<>())
                .setParallelism(1);
        return env.executeAsync();
    }

    private void injectFaults() {
        lake.faults()
                .random(
                        7,
                        0.15,
                        Fault.cutResult(70_000).onStatement("SELECT"),
                        Fault.errorLine(100_000, "the machine was taken away")
                                .onStatement("SELECT"),
                        Fault.status(503).onStatement("SELECT"),
                        Fault.breakBefore().onStatement("SELECT"),
                        Fault.delay(Duration.ofMillis(300)).onStatement("SELECT"));
    }

    /** By a column, where all is 8 splits; and by nothing, where the server numbers the rows. */
    @ParameterizedTest
    @CsvSource({"id, 2000000", "'', 2000000"})
    void everyRowExactlyOnce(String partitionColumn, int rows) throws Exception {
        lake.execute(TABLE.formatted(rows));
        injectFaults();
        ExactlyOnceRun run = ExactlyOnceRun.of(partitionColumn);
        JobClient job = submit(partitionColumn, rows);

        for (int kill = 0; kill < KILLS; kill++) {
            long seen = run.rowsSeen.get();
            // Kills are spread over the job: the later ones come when some splits are done.
            long done = (long) rows / SPLITS * (kill / 2);
            Lakes.await(
                    "rows come before kill " + kill,
                    () ->
                            run.rowsSeen.get() > seen
                                    && (run.checkpointed.count >= done || run.lastRowIsWaiting));
            if (kill % 3 == 2) {
                flink.killJobManager(job.getJobID());
            } else {
                int ordered = run.killsOrdered.incrementAndGet();
                Lakes.await("kill " + kill, () -> run.killsDone.get() == ordered);
            }
            run.lastRowIsWaiting = false;
        }
        assertThat(run.checkpointed.count)
                .as("rows in a checkpoint before the last kill")
                .isPositive();
        run.killingIsOver = true;
        job.getJobExecutionResult().get(LONGEST_MINUTES, TimeUnit.MINUTES);

        assertThat(run.end.count).isEqualTo(rows);
        assertThat(run.end.ids).isEqualTo((long) rows * (rows - 1) / 2);
        assertThat(run.end.hashes)
                .isEqualTo(LongStream.range(0, rows).map(ExactlyOnceRun.Sum::hash).sum());
        assertThat(run.wrongRows).hasValue(0);
    }
}
