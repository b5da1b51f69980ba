package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.Connection;
import ai.altertable.flink.TableId;
import ai.altertable.flink.Threads;
import ai.altertable.local.AltertableLocal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A job that ends, or one of its attempts, while a split is half here and nothing more comes: the
 * stream is aborted, the server's query is cancelled, and nothing is left behind.
 */
class StalledSplitITCase {

    private static final int ROWS = 8_000;
    private static final int SPLITS = 4;
    private static final Duration SOON = Duration.ofSeconds(5);

    private static LocalFlink flink;

    private AltertableLocal lake;
    private StallingProxy proxy;

    /** Planning leaves some answers unread, too. */
    private volatile long cancelledBefore;

    @BeforeAll
    static void startFlink() throws Exception {
        flink = LocalFlink.restarting(2, 1, Duration.ofMillis(100));
    }

    @AfterAll
    static void stopFlink() {
        flink.close();
    }

    @BeforeEach
    void start() {
        lake = AltertableLocal.start();
        lake.execute(
                "CREATE TABLE lake.main.t AS SELECT i AS id, repeat('x', 500) AS filling"
                        + " FROM range(%d) r(i)".formatted(ROWS));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        lake.close();
    }

    /** Its splits have half a megabyte. */
    private DataStream<Long> ids(int parallelism, long limit) {
        Configuration options =
                Lakes.options(lake)
                        .set(AltertableOptions.URL, proxy.url())
                        .set(AltertableOptions.SCAN_PARTITION_COLUMN, "id")
                        .set(AltertableOptions.SCAN_PARTITION_NUM, SPLITS);
        AltertableSource<Long> source =
                new AltertableSource<>(
                        Connection.from(options),
                        Scan.of(
                                        new Scan.Table(new TableId("lake", "main", "t")),
                                        Lakes.columns("id BIGINT, filling STRING"))
                                .limit(limit),
                        ScanSettings.from(options),
                        row -> row.getLong(0),
                        Types.LONG);
        return flink.environment(parallelism)
                .fromSource(source, WatermarkStrategy.noWatermarks(), "source");
    }

    /** Passes rows on; when the first comes, what is given is done first. */
    private static final class OnFirstRow implements MapFunction<Long, Long> {

        private static final long serialVersionUID = 1L;
        private static final Map<String, Deed> DEEDS = new ConcurrentHashMap<>();
        private static final AtomicInteger NUMBER = new AtomicInteger();

        private final String name = "deed " + NUMBER.incrementAndGet();

        private interface Deed {
            void run() throws Exception;
        }

        OnFirstRow(Deed deed) {
            DEEDS.put(name, deed);
        }

        @Override
        public Long map(Long id) throws Exception {
            Deed deed = DEEDS.remove(name);
            if (deed != null) {
                deed.run();
            }
            return id;
        }
    }

    private long cancellations() {
        return lake.arrivals().matching(a -> a.method().equals("DELETE")).size();
    }

    private void expectCancellations(int count) throws Exception {
        long all = cancelledBefore + count;
        Lakes.await("the server's queries are cancelled", () -> cancellations() >= all);
        assertThat(cancellations()).isEqualTo(all);
    }

    private void expectNothingIsLeft() throws Exception {
        Lakes.await("no query runs on", () -> lake.arrivals().unanswered() == 0);
        Lakes.await("no thread is left", () -> Threads.ofConnector().isEmpty());
        Lakes.await("no connection is left", () -> proxy.connections() == 0);
    }

    private void awaitStalled(int answers) throws Exception {
        Lakes.await("so many answers stall", () -> proxy.stalled() == answers);
        cancelledBefore = cancellations();
    }

    @Test
    void cancellingTheJobEndsItSoon() throws Exception {
        proxy = new StallingProxy(lake.url(), 0);
        DataStream<Long> ids = ids(2, Scan.NO_LIMIT);
        ids.sinkTo(new DiscardingSink<>());
        JobClient job = ids.getExecutionEnvironment().executeAsync();
        awaitStalled(2);
        long began = System.nanoTime();

        job.cancel().get();
        Lakes.await("the job has ended", () -> job.getJobStatus().get() == JobStatus.CANCELED);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
        expectCancellations(2);
        expectNothingIsLeft();
    }

    @Test
    void aSatisfiedLimitEndsTheJobSoon() throws Exception {
        proxy = new StallingProxy(lake.url(), 1);
        long[] began = new long[1];
        DataStream<Long> ids =
                ids(1, 1_000)
                        .map(
                                new OnFirstRow(
                                        () -> {
                                            awaitStalled(1);
                                            began[0] = System.nanoTime();
                                        }));

        List<Long> read = ids.executeAndCollect(10 * ROWS);

        assertThat(Duration.ofNanos(System.nanoTime() - began[0])).isLessThan(SOON);
        assertThat(read).hasSize(1_000).doesNotHaveDuplicates();
        expectCancellations(1);
        expectNothingIsLeft();
    }

    @Test
    void anAttemptThatFailsLeavesNothingToTheNext() throws Exception {
        proxy = new StallingProxy(lake.url(), 1);
        DataStream<Long> ids =
                ids(2, Scan.NO_LIMIT)
                        .map(
                                new OnFirstRow(
                                        () -> {
                                            // The other reader's, and the next of this one.
                                            awaitStalled(2);
                                            proxy.letAllPass();
                                            throw new IOException("a task fails");
                                        }));

        List<Long> read = ids.executeAndCollect(10 * ROWS);

        assertThat(read)
                .containsExactlyInAnyOrder(LongStream.range(0, ROWS).boxed().toArray(Long[]::new));
        expectCancellations(2);
        expectNothingIsLeft();
    }
}
