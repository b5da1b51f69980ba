package ai.altertable.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.ChunkFormat;
import ai.altertable.flink.Threads;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Arrival;
import ai.altertable.local.Fault;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChunkWriterITCase {

    private final AltertableLocal lakehouse = AltertableLocal.start();

    @BeforeEach
    void createTable() {
        lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT NOT NULL, name VARCHAR)");
    }

    @AfterEach
    void close() {
        lakehouse.close();
    }

    private long count() {
        return (long) lakehouse.rows("SELECT count(*) FROM lake.main.orders").get(0).get(0);
    }

    private List<Arrival> uploads() {
        return lakehouse.arrivals().matching(arrival -> arrival.path().equals("/upload"));
    }

    @Test
    void uploadsNothingBeforeThereIsAReason() throws Exception {
        try (OpenWriter writer = new OpenWriter(lakehouse, sink -> sink)) {
            writer.write(1, "a");
            assertThat(uploads()).isEmpty();

            writer.flush();
            assertThat(count()).isEqualTo(1);
        }
    }

    @Test
    void flushesNothingWithoutARequest() throws Exception {
        try (OpenWriter writer = new OpenWriter(lakehouse, sink -> sink)) {
            writer.flush();
            writer.flush();
        }
        assertThat(uploads()).isEmpty();
    }

    @Test
    void sealsAChunkThatHasTheMostRows() throws Exception {
        try (OpenWriter writer =
                new OpenWriter(
                        lakehouse,
                        sink -> sink.set(AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS, 10))) {
            for (int i = 0; i < 25; i++) {
                writer.write(i, "a");
            }
            writer.flush();

            assertThat(count()).isEqualTo(25);
            assertThat(uploads()).hasSize(3);
            assertThat(writer.metrics.histogram("chunkRows").getStatistics().getValues())
                    .containsExactly(5, 10, 10);
        }
    }

    @Test
    void sealsAChunkOfTheLargestSize() throws Exception {
        try (OpenWriter writer =
                new OpenWriter(
                        lakehouse,
                        sink ->
                                sink.set(
                                                AltertableOptions.SINK_BUFFER_FLUSH_MAX_SIZE,
                                                MemorySize.parse("1 kb"))
                                        .set(AltertableOptions.SINK_FORMAT, ChunkFormat.JSONL))) {
            for (int i = 0; i < 100; i++) {
                writer.write(i, "x".repeat(100));
            }
            writer.flush();

            assertThat(count()).isEqualTo(100);
            assertThat(uploads()).allMatch(arrival -> arrival.body().bytes() < 1024 + 200);
        }
    }

    @Test
    void sealsAChunkWhoseFirstRowIsOld() throws Exception {
        try (OpenWriter writer =
                new OpenWriter(
                        lakehouse,
                        sink ->
                                sink.set(
                                        AltertableOptions.SINK_BUFFER_FLUSH_INTERVAL,
                                        Duration.ofSeconds(3)))) {
            writer.write(1, "a");
            writer.clock.advance(Duration.ofSeconds(2));
            writer.write(2, "b");
            assertThat(uploads()).isEmpty();

            writer.clock.advance(Duration.ofSeconds(1));
            writer.mailbox.yield();
            assertThat(count()).isEqualTo(2);

            // The next one has a time of its own.
            writer.write(3, "c");
            writer.clock.advance(Duration.ofMillis(2999));
            assertThat(uploads()).hasSize(1);
            writer.clock.advance(Duration.ofMillis(1));
            writer.mailbox.yield();
            assertThat(count()).isEqualTo(3);
        }
    }

    @Test
    void keepsOneTimerHoweverManyChunksThereAre() throws Exception {
        try (OpenWriter writer =
                new OpenWriter(
                        lakehouse,
                        sink -> sink.set(AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS, 1))) {
            for (int i = 0; i < 20; i++) {
                writer.write(i, "a");
            }
            assertThat(writer.clock.waiting()).isEqualTo(1);
            writer.flush();
        }
    }

    @Test
    void holdsOneOpenChunkAndThoseInFlightWhileTheServerIsStuck() throws Exception {
        lakehouse.faults().add(Fault.delay(Duration.ofSeconds(2)).onPath("/upload").times(2));
        try (OpenWriter writer =
                new OpenWriter(
                        lakehouse,
                        sink ->
                                sink.set(AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS, 1)
                                        .set(AltertableOptions.SINK_REQUESTS_MAX_INFLIGHT, 2))) {
            // Two on their way and one open: none of these waits for anything.
            writer.write(1, "a");
            writer.write(2, "b");
            writer.write(3, "c");
            assertThat(count()).isZero();

            // There is no room for a fourth before the first has arrived.
            writer.write(4, "d");
            assertThat(count()).isPositive();
            writer.flush();
            assertThat(count()).isEqualTo(4);
        }
    }

    @Test
    void letsTheTimerPassWhileThereIsNoRoomAndSealsLater() throws Exception {
        lakehouse.faults().add(Fault.delay(Duration.ofSeconds(1)).onPath("/upload"));
        try (OpenWriter writer =
                new OpenWriter(
                        lakehouse,
                        sink ->
                                sink.set(AltertableOptions.SINK_REQUESTS_MAX_INFLIGHT, 1)
                                        .set(
                                                AltertableOptions.SINK_BUFFER_FLUSH_INTERVAL,
                                                Duration.ofSeconds(3)))) {
            writer.write(1, "a");
            writer.clock.advance(Duration.ofSeconds(3));
            writer.write(2, "b");
            writer.clock.advance(Duration.ofSeconds(3));
            // The row came in time to be written beside a request on its way.
            writer.write(3, "c");

            writer.mailbox.yield();
            writer.mailbox.yield();
            assertThat(count()).isEqualTo(3);
            assertThat(writer.metrics.value("numRecordsSend")).isEqualTo(3);
        }
    }

    @Test
    void sendsTheSameBytesAgainAndCountsIt() throws Exception {
        lakehouse.faults().add(Fault.status(503).onPath("/upload"));
        lakehouse.faults().add(Fault.breakAfter().onPath("/upload"));
        try (OpenWriter writer = new OpenWriter(lakehouse, sink -> sink)) {
            writer.write(1, "a");
            writer.flush();

            assertThat(uploads()).hasSize(3);
            assertThat(uploads().stream().map(arrival -> arrival.body().sha256()).distinct())
                    .hasSize(1);
            assertThat(count()).isEqualTo(2);
            assertThat(writer.metrics.value("numRequestRetries")).isEqualTo(2);
            assertThat(writer.metrics.value("numAmbiguousRetries")).isEqualTo(1);
            assertThat(writer.metrics.value("numRecordsSend")).isEqualTo(1);
        }
    }

    @Test
    void failsWithTheReasonAndTheTableWhenRetriesAreOver() throws Exception {
        lakehouse.faults().add(Fault.status(503).onPath("/upload").forever());
        try (OpenWriter writer =
                new OpenWriter(
                        lakehouse,
                        sink ->
                                sink.set(
                                        AltertableOptions.SINK_RETRY_TIMEOUT,
                                        Duration.ofSeconds(1)))) {
            writer.write(1, "a secret");

            assertThatThrownBy(writer::flush)
                    .cause()
                    .hasMessageContaining("append (lake.main.orders)")
                    .hasMessageContaining("503")
                    .hasMessageContaining("'sink.retry.timeout'")
                    .hasMessageNotContaining("a secret");
            assertThat(writer.metrics.value("numRecordsSendErrors")).isEqualTo(1);
        }
        assertThat(count()).isZero();
    }

    @Test
    void asksABusyServerAFewTimesASecondAtMost() throws Exception {
        int seconds = 5;
        lakehouse.faults().add(Fault.status(503).onPath("/upload").forever());
        try (OpenWriter writer =
                new OpenWriter(
                        lakehouse,
                        sink ->
                                sink.set(
                                        AltertableOptions.SINK_RETRY_TIMEOUT,
                                        Duration.ofSeconds(seconds)))) {
            writer.write(1, "a");

            assertThatThrownBy(writer::flush).hasStackTraceContaining("'sink.retry.timeout'");
        }
        assertThat(uploads()).hasSizeBetween(3, 10 * seconds);
    }

    @Test
    void refusesUpdatesWhenItAppends() throws Exception {
        try (OpenWriter writer = new OpenWriter(lakehouse, sink -> sink)) {
            assertThatThrownBy(() -> writer.write(RowKind.DELETE, 1L, "a"))
                    .hasMessageContaining("DELETE")
                    .hasMessageContaining("'sink.write-mode'");
        }
    }

    @Test
    void neitherFlushesNorWaitsWhenItIsClosed() throws Exception {
        lakehouse.faults().add(Fault.delay(Duration.ofSeconds(30)).onPath("/upload"));
        OpenWriter writer =
                new OpenWriter(
                        lakehouse,
                        sink -> sink.set(AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS, 2));
        writer.write(1, "a");
        writer.write(2, "b");
        writer.write(3, "c");
        long began = System.nanoTime();

        writer.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        Await.until("no thread is left", () -> Threads.ofConnector().isEmpty());
        assertThat(writer.mailbox.tryYield()).isFalse();
        assertThat(count()).isZero();
    }
}
