package ai.altertable.flink.sink;

import static ai.altertable.flink.AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS;
import static ai.altertable.flink.AltertableOptions.SINK_DEAD_LETTER_TABLE;
import static ai.altertable.flink.AltertableOptions.SINK_FORMAT;
import static ai.altertable.flink.AltertableOptions.SINK_ON_ERROR;
import static org.apache.flink.types.RowKind.INSERT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.ChunkFormat;
import ai.altertable.flink.ErrorMode;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Fault;
import java.util.List;
import java.util.Random;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RejectedRowsITCase {

    private static final int ROWS = 50_000;
    private static final int POISONED = 31_415;

    private final AltertableLocal lakehouse = AltertableLocal.start();

    RejectedRowsITCase() {
        lakehouse.execute(
                "CREATE TABLE lake.main.orders"
                        + " (id BIGINT NOT NULL, name VARCHAR CHECK (name NOT LIKE 'poison%'))");
    }

    @AfterEach
    void close() {
        lakehouse.close();
    }

    private static AltertableSinkBuilder<RowData> skipping(AltertableSinkBuilder<RowData> sink) {
        return sink.set(SINK_ON_ERROR, ErrorMode.SKIP);
    }

    private static AltertableSinkBuilder<RowData> keepingDeadLetters(
            AltertableSinkBuilder<RowData> sink) {
        return sink.set(SINK_ON_ERROR, ErrorMode.DEAD_LETTER)
                .set(SINK_DEAD_LETTER_TABLE, "orders_dead");
    }

    private static void write50000(OpenWriter writer) throws Exception {
        for (int i = 0; i < ROWS; i++) {
            writer.write(i, i == POISONED ? "poison: a secret" : "n" + i);
        }
    }

    private List<List<Object>> missing() {
        return lakehouse.rows(
                "SELECT i FROM range("
                        + ROWS
                        + ") r(i) WHERE i NOT IN (SELECT id FROM lake.main.orders)");
    }

    private long count() {
        return (long) lakehouse.rows("SELECT count(*) FROM lake.main.orders").get(0).get(0);
    }

    @ParameterizedTest
    @EnumSource
    void failNamesTheTableAndTheReasonAndNotTheContent(ChunkFormat format) throws Exception {
        try (OpenWriter writer = new OpenWriter(lakehouse, sink -> sink.set(SINK_FORMAT, format))) {
            write50000(writer);

            assertThatThrownBy(writer::flush)
                    .hasStackTraceContaining("lake.main.orders")
                    .hasStackTraceContaining("CHECK")
                    .hasStackTraceContaining(
                            "50000 rows in the chunk, of the rows 1 to 50000 of this subtask")
                    .hasStackTraceContaining("'sink.on-error'")
                    .satisfies(
                            thrown ->
                                    assertThat(thrown)
                                            .rootCause()
                                            .hasMessageNotContaining("secret"));
            assertThat(writer.metrics.value("numRecordsSendErrors")).isEqualTo(ROWS);
        }
        assertThat(count()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void skipDropsExactlyThatRowAndCountsIt(ChunkFormat format) throws Exception {
        try (OpenWriter writer =
                new OpenWriter(lakehouse, sink -> skipping(sink).set(SINK_FORMAT, format))) {
            write50000(writer);
            writer.flush();

            assertThat(writer.metrics.value("numRecordsDropped")).isEqualTo(1);
            assertThat(writer.metrics.value("numRecordsSend")).isEqualTo(ROWS - 1);
        }
        assertThat(missing()).containsExactly(List.of((long) POISONED));
        assertThat(count()).isEqualTo(ROWS - 1);
    }

    @ParameterizedTest
    @EnumSource
    void skipDropsExactlyThatRowOfAnUpsert(ChunkFormat format) throws Exception {
        try (OpenWriter writer =
                new OpenWriter(
                        lakehouse,
                        sink -> skipping(sink).primaryKey("id").set(SINK_FORMAT, format))) {
            write50000(writer);
            writer.flush();
        }
        assertThat(missing()).containsExactly(List.of((long) POISONED));
        assertThat(count()).isEqualTo(ROWS - 1);
    }

    @ParameterizedTest
    @EnumSource
    void deadLettersHoldTheRowAsJson(ChunkFormat format) throws Exception {
        try (OpenWriter writer =
                new OpenWriter(
                        lakehouse, sink -> keepingDeadLetters(sink).set(SINK_FORMAT, format))) {
            write50000(writer);
            writer.flush();
            assertThat(writer.metrics.value("numRecordsDropped")).isEqualTo(1);
        }
        assertThat(missing()).containsExactly(List.of((long) POISONED));
        assertThat(
                        lakehouse.rows(
                                "SELECT job, \"row\"->>'$.id', \"row\"->>'$.name', error LIKE"
                                    + " '%CHECK%', abs(epoch(now()) - epoch(failed_at)) < 600 FROM"
                                    + " lake.main.orders_dead"))
                .containsExactly(
                        List.of("a test's job", "" + POISONED, "poison: a secret", true, true));
    }

    @Test
    void deadLettersAreInBeforeAFlushIsOver() throws Exception {
        try (OpenWriter writer =
                new OpenWriter(lakehouse, RejectedRowsITCase::keepingDeadLetters)) {
            lakehouse.faults().add(Fault.status(503).onTable("orders_dead").times(2));
            writer.write(1, "a");
            writer.write(2, "poison");
            writer.flush();

            assertThat(lakehouse.rows("SELECT count(*) FROM lake.main.orders_dead"))
                    .containsExactly(List.of(1L));
        }
    }

    @Test
    void aDeadLetterThatIsRefusedFailsTheJob() throws Exception {
        try (OpenWriter writer =
                new OpenWriter(lakehouse, RejectedRowsITCase::keepingDeadLetters)) {
            lakehouse.faults().add(Fault.status(400).onTable("orders_dead"));
            writer.write(1, "a");
            writer.write(2, "poison");

            assertThatThrownBy(writer::flush).hasStackTraceContaining("lake.main.orders_dead");
        }
    }

    @Nested
    class GivesNothingUp {

        @Test
        void whenNoRowOfAChunkIsTaken() throws Exception {
            try (OpenWriter writer = new OpenWriter(lakehouse, RejectedRowsITCase::skipping)) {
                writer.write(1, "a");
                writer.flush();
                writer.write(2, "poison");
                writer.write(3, "poison");

                assertThatThrownBy(writer::flush)
                        .hasStackTraceContaining("takes no row any more")
                        .hasStackTraceContaining("'sink.on-error'")
                        .hasStackTraceContaining("CHECK");
                assertThat(writer.metrics.value("numRecordsDropped")).isZero();
            }
        }

        @Test
        void whenTheFirstRowOfAllIsRefusedAlone() throws Exception {
            try (OpenWriter writer = new OpenWriter(lakehouse, RejectedRowsITCase::skipping)) {
                writer.write(2, "poison");

                assertThatThrownBy(writer::flush).hasStackTraceContaining("takes no row any more");
            }
        }

        @Test
        void whenTwoRowsInSuccessionAreRefusedAlone() throws Exception {
            try (OpenWriter writer = new OpenWriter(lakehouse, RejectedRowsITCase::skipping)) {
                writer.write(1, "a");
                writer.flush();
                writer.write(2, "poison");
                writer.flush();
                assertThat(writer.metrics.value("numRecordsDropped")).isEqualTo(1);
                writer.write(3, "poison");

                assertThatThrownBy(writer::flush).hasStackTraceContaining("takes no row any more");
            }
        }
    }

    @Nested
    class RowsThatCannotBeEncoded {

        @Test
        void failTheJobWithoutTheirContent() throws Exception {
            try (OpenWriter writer = new OpenWriter(lakehouse, sink -> sink.primaryKey("name"))) {
                assertThatThrownBy(() -> writer.write(4711L, null))
                        .hasMessageContaining("lake.main.orders")
                        .hasMessageContaining("'name'")
                        .hasMessageNotContaining("4711");
                assertThat(writer.metrics.value("numRecordsSendErrors")).isEqualTo(1);
            }
        }

        @Test
        void areDroppedAndCounted() throws Exception {
            try (OpenWriter writer =
                    new OpenWriter(lakehouse, sink -> skipping(sink).primaryKey("name"))) {
                writer.write(1, null);
                writer.write(2, "b");
                writer.write(3, null);
                writer.flush();
                assertThat(writer.metrics.value("numRecordsDropped")).isEqualTo(2);
            }
            assertThat(count()).isEqualTo(1);
        }

        @Test
        void areDeadLettersAlsoWithoutAnyOtherRow() throws Exception {
            try (OpenWriter writer =
                    new OpenWriter(
                            lakehouse,
                            sink ->
                                    keepingDeadLetters(sink)
                                            .primaryKey("name")
                                            .set(SINK_BUFFER_FLUSH_MAX_ROWS, 2))) {
                writer.write(INSERT, 1L, null);
                writer.write(INSERT, 2L, null);
                writer.write(INSERT, 3L, null);
                writer.flush();
            }
            assertThat(lakehouse.rows("SELECT \"row\" FROM lake.main.orders_dead ORDER BY \"row\""))
                    .containsExactly(
                            List.of("{\"id\":1,\"name\":null}"),
                            List.of("{\"id\":2,\"name\":null}"),
                            List.of("{\"id\":3,\"name\":null}"));
        }
    }

    @Nested
    class BodiesThatAreTooLarge {

        private static final int LIMIT = 100_000;

        @ParameterizedTest
        @EnumSource
        void areSplitAndTheLimitIsRemembered(ChunkFormat format) throws Exception {
            try (OpenWriter writer =
                    new OpenWriter(
                            lakehouse,
                            sink ->
                                    sink.set(SINK_FORMAT, format)
                                            .set(SINK_BUFFER_FLUSH_MAX_ROWS, 1_000_000))) {
                lakehouse.faults().refuseBodiesAbove(LIMIT);
                assertThat(write20000AndCountTheRefused(writer)).isPositive();
                assertThat(count()).isEqualTo(20_000);

                assertThat(write20000AndCountTheRefused(writer)).isZero();
                assertThat(count()).isEqualTo(40_000);
            }
        }

        /** Arrivals are those that were not too large. */
        private long write20000AndCountTheRefused(OpenWriter writer) throws Exception {
            Random random = new Random(7);
            lakehouse.arrivals().clear();
            long before = writer.metrics.value("numRequests");
            for (int i = 0; i < 20_000; i++) {
                writer.write(i, Long.toHexString(random.nextLong()));
            }
            writer.flush();
            long requests = writer.metrics.value("numRequests") - before;
            return requests - lakehouse.arrivals().all().size();
        }

        @Test
        void ofOneRowFailWithTheOption() throws Exception {
            try (OpenWriter writer =
                    new OpenWriter(lakehouse, sink -> sink.set(SINK_FORMAT, ChunkFormat.JSONL))) {
                lakehouse.faults().refuseBodiesAbove(LIMIT);
                writer.write(1, "a");
                writer.write(2, "x".repeat(LIMIT));
                writer.write(3, "c");

                assertThatThrownBy(writer::flush)
                        .hasStackTraceContaining("413")
                        .hasStackTraceContaining("1 rows in the chunk");
            }
        }

        @Test
        void ofOneRowCanBeDropped() throws Exception {
            try (OpenWriter writer =
                    new OpenWriter(
                            lakehouse,
                            sink -> skipping(sink).set(SINK_FORMAT, ChunkFormat.JSONL))) {
                lakehouse.faults().refuseBodiesAbove(LIMIT);
                writer.write(1, "a");
                writer.write(2, "x".repeat(LIMIT));
                writer.write(3, "c");
                writer.flush();
                assertThat(writer.metrics.value("numRecordsDropped")).isEqualTo(1);
            }
            assertThat(count()).isEqualTo(2);
        }
    }
}
