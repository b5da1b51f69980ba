package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.Connection;
import ai.altertable.flink.TableId;
import ai.altertable.flink.format.MalformedRowException;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Arrival;
import ai.altertable.local.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One reader, step by step, on a real lakehouse. */
class AltertableSourceReaderITCase {

    private static final String FOR_EVER =
            "SELECT \"id\" FROM (SELECT i AS id FROM range(1000000000000) r(i)) WHERE (";

    @TempDir private Path temporary;

    private final Configuration options = new Configuration();
    private final TestingReaderOutput<Long> output = new TestingReaderOutput<>();
    private AltertableLocal lake;
    private TestingReaderContext context;
    private SourceReader<Long, QuerySplit> reader;

    @BeforeEach
    void start() {
        lake = AltertableLocal.start();
        lake.execute("CREATE TABLE lake.main.t AS SELECT i AS id FROM range(30000) r(i)");
        options.addAll(Lakes.options(lake));
        context =
                new TestingReaderContext(
                        new Configuration().set(CoreOptions.TMP_DIRS, temporary.toString()),
                        UnregisteredMetricsGroup.createSourceReaderMetricGroup());
    }

    @AfterEach
    void stop() throws Exception {
        if (reader != null) {
            reader.close();
        }
        lake.close();
    }

    private void open(long limit) throws Exception {
        Scan scan =
                Scan.of(
                        new Scan.Table(new TableId("lake", "main", "t")),
                        Lakes.columns("id BIGINT"));
        reader =
                new AltertableSource<>(
                                Connection.from(options),
                                scan.limit(limit),
                                ScanSettings.from(options),
                                row -> row.getLong(0),
                                TypeInformation.of(Long.class))
                        .createReader(context);
        reader.start();
    }

    private static QuerySplit split(int number) {
        SplitTemplate template =
                new SplitTemplate(
                        "SELECT \"id\" AS \"id\" FROM lake.main.t WHERE (", ") AND (TRUE)", -1);
        String condition = "id >= %d AND id < %d".formatted((number - 1) * 10_000, number * 10_000);
        return new QuerySplit("" + number, template, condition, 0);
    }

    /** Of all rows, so that they are decoded in more than one piece. */
    private static QuerySplit large() {
        return new QuerySplit("large", split(1).template(), "TRUE", 0);
    }

    private InputStatus poll() throws Exception {
        return reader.pollNext(output);
    }

    /** Polls until there is something else to say than that nothing is available. */
    private InputStatus pollUntilSomething() throws Exception {
        InputStatus status = poll();
        while (status == InputStatus.NOTHING_AVAILABLE) {
            reader.isAvailable().get(60, TimeUnit.SECONDS);
            status = poll();
        }
        return status;
    }

    /** Until the split that was assigned first is here, and the next one was asked for. */
    private void pollUntilAsked(int requests) throws Exception {
        Lakes.await(
                "the reader asks for the next split",
                () -> {
                    assertThat(poll()).isEqualTo(InputStatus.NOTHING_AVAILABLE);
                    return context.getNumSplitRequests() == requests;
                });
    }

    private static Long[] ids(int from, int to) {
        return LongStream.range(from, to).boxed().toArray(Long[]::new);
    }

    private List<Arrival> cancellations() {
        return lake.arrivals().all().stream().filter(a -> a.method().equals("DELETE")).toList();
    }

    @Test
    void asksOnceAndEndsWhenThereIsNothing() throws Exception {
        open(Scan.NO_LIMIT);
        assertThat(poll()).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(poll()).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(context.getNumSplitRequests()).isEqualTo(1);

        reader.notifyNoMoreSplits();

        assertThat(reader.isAvailable()).isDone();
        assertThat(poll()).isEqualTo(InputStatus.END_OF_INPUT);
    }

    @Test
    void emitsASplitInOneStepAndThenForgetsIt() throws Exception {
        open(Scan.NO_LIMIT);
        reader.addSplits(List.of(split(1)));
        reader.notifyNoMoreSplits();
        assertThat(reader.snapshotState(1)).containsExactly(split(1));

        assertThat(pollUntilSomething()).isEqualTo(InputStatus.MORE_AVAILABLE);

        assertThat(output.getEmittedRecords()).containsExactlyInAnyOrder(ids(0, 10_000));
        assertThat(reader.snapshotState(2)).isEmpty();
        assertThat(poll()).isEqualTo(InputStatus.END_OF_INPUT);
    }

    @Test
    void fetchesTheNextSplitBeforeItEmitsTheFirst() throws Exception {
        open(Scan.NO_LIMIT);
        reader.addSplits(List.of(split(1)));
        pollUntilAsked(2);
        assertThat(output.getEmittedRecords()).isEmpty();
        assertThat(reader.snapshotState(1)).containsExactly(split(1));

        reader.addSplits(List.of(split(2)));
        assertThat(reader.snapshotState(2)).containsExactly(split(1), split(2));
        assertThat(pollUntilSomething()).isEqualTo(InputStatus.MORE_AVAILABLE);

        assertThat(output.getEmittedRecords()).hasSize(10_000);
        assertThat(reader.snapshotState(3)).containsExactly(split(2));
        Lakes.await("the second is fetched", () -> lake.arrivals().all().size() == 2);
    }

    /**
     * Emits a split, waiting behind its first row until the next one is here.
     *
     * @return how many requests for splits there were at each row
     */
    private List<Integer> requestsWhileEmitting() throws Exception {
        List<Integer> requests = new ArrayList<>();
        var watching =
                new TestingReaderOutput<Long>() {
                    @Override
                    public void collect(Long id) {
                        if (requests.isEmpty()) {
                            reader.isAvailable().orTimeout(60, TimeUnit.SECONDS).join();
                        }
                        requests.add(context.getNumSplitRequests());
                    }
                };
        while (reader.pollNext(watching) == InputStatus.NOTHING_AVAILABLE) {
            reader.isAvailable().get(60, TimeUnit.SECONDS);
        }
        return requests;
    }

    @Test
    void asksForTheSplitBehindTheNextWhileTheLastRowsGoOut() throws Exception {
        open(Scan.NO_LIMIT);
        reader.addSplits(List.of(large(), split(2)));

        List<Integer> requests = requestsWhileEmitting();

        assertThat(requests).hasSize(30_000);
        assertThat(requests.get(0)).isEqualTo(1);
        assertThat(requests.get(29_999)).isEqualTo(2);
        assertThat(reader.snapshotState(1)).containsExactly(split(2));
    }

    @Test
    void asksForNoSplitBehindTheNextIfALimitIsReached() throws Exception {
        open(30_000);
        reader.addSplits(List.of(large(), split(2)));

        assertThat(requestsWhileEmitting()).hasSize(30_000).containsOnly(1);

        assertThat(context.getNumSplitRequests()).isEqualTo(1);
        assertThat(poll()).isEqualTo(InputStatus.END_OF_INPUT);
    }

    @Test
    void readsWhatItHadBeforeAFailure() throws Exception {
        open(Scan.NO_LIMIT);
        reader.addSplits(List.of(split(1), split(2), split(3)));
        reader.notifyNoMoreSplits();
        List<InputStatus> statuses = new ArrayList<>();
        while (!statuses.contains(InputStatus.END_OF_INPUT)) {
            statuses.add(pollUntilSomething());
        }

        assertThat(output.getEmittedRecords()).containsExactlyInAnyOrder(ids(0, 30_000));
    }

    @Test
    void emitsNothingOfAnAnswerThatBreaksOff() throws Exception {
        lake.faults()
                .add(
                        Fault.cutResult(5_000).onStatement("SELECT"),
                        Fault.errorLine(9_000, "out of memory").onStatement("SELECT"),
                        Fault.status(503).onStatement("SELECT"),
                        Fault.breakBefore().onStatement("SELECT"));
        open(Scan.NO_LIMIT);
        reader.addSplits(List.of(split(1)));
        reader.notifyNoMoreSplits();

        assertThat(pollUntilSomething()).isEqualTo(InputStatus.MORE_AVAILABLE);

        assertThat(output.getEmittedRecords()).containsExactlyInAnyOrder(ids(0, 10_000));
        assertThat(lake.faults().pending()).isEmpty();
    }

    @Test
    void emitsALargeSplitFromAFileAndLeavesNone() throws Exception {
        options.set(AltertableOptions.SCAN_SPLIT_MAX_SIZE, MemorySize.parse("64 kb"));
        open(Scan.NO_LIMIT);
        SplitTemplate template =
                new SplitTemplate(
                        "SELECT \"id\" AS \"id\" FROM lake.main.t, range(20) WHERE (", ")", -1);
        reader.addSplits(List.of(new QuerySplit("1", template, "TRUE", 0)));
        reader.notifyNoMoreSplits();

        assertThat(pollUntilSomething()).isEqualTo(InputStatus.MORE_AVAILABLE);

        assertThat(output.getEmittedRecords()).hasSize(600_000);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void namesTheSplitAndTheSnapshotWhenTheServerRefuses() throws Exception {
        open(Scan.NO_LIMIT);
        SplitTemplate template =
                new SplitTemplate("SELECT 1 FROM lake.main.t AT (VERSION => 5) WHERE (", ")", 5);
        reader.addSplits(List.of(new QuerySplit("17", template, "TRUE", 0)));
        reader.notifyNoMoreSplits();

        assertThatThrownBy(this::pollUntilSomething)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("split 17")
                .hasMessageContaining("lake.main.t")
                .hasMessageContaining("snapshot 5")
                .hasMessageNotContaining("SELECT");
    }

    @Test
    void failsBeforeTheFirstRowWhenALineIsNoRowOfTheScan() throws Exception {
        open(Scan.NO_LIMIT);
        SplitTemplate template =
                new SplitTemplate("SELECT id, id AS again FROM lake.main.t WHERE (", ")", -1);
        reader.addSplits(List.of(new QuerySplit("1", template, "TRUE", 0)));
        reader.notifyNoMoreSplits();

        assertThatThrownBy(this::pollUntilSomething)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it names 2 columns, not 1");
        assertThat(output.getEmittedRecords()).isEmpty();
    }

    @Test
    void stopsFetchingWhenTheLimitIsReached() throws Exception {
        open(10_000);
        reader.addSplits(List.of(split(1), new QuerySplit("2", forEver(), "TRUE", 0)));

        assertThat(pollUntilSomething()).isEqualTo(InputStatus.MORE_AVAILABLE);

        assertThat(reader.snapshotState(1)).isEmpty();
        assertThat(poll()).isEqualTo(InputStatus.END_OF_INPUT);
        Lakes.await("the server's query is cancelled", () -> cancellations().size() == 1);
    }

    @Test
    void stopsEmittingWhenItsTaskIsCancelled() throws Exception {
        TestingReaderOutput<Long> cancelling =
                new TestingReaderOutput<>() {
                    @Override
                    public void collect(Long id) {
                        super.collect(id);
                        if (id == 5_000) {
                            Thread.currentThread().interrupt();
                        }
                    }
                };
        open(Scan.NO_LIMIT);
        reader.addSplits(List.of(split(1)));
        reader.notifyNoMoreSplits();
        Lakes.await("the split is here", () -> reader.isAvailable().isDone() && poll(cancelling));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(cancelling.getEmittedRecords()).hasSizeBetween(5_000, 7_000);
        assertThat(reader.snapshotState(1)).containsExactly(split(1));
    }

    /** Whether the poll was interrupted. */
    private boolean poll(TestingReaderOutput<Long> into) throws Exception {
        try {
            reader.pollNext(into);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Test
    void countsWhatItReads() throws Exception {
        MetricListener metrics = new MetricListener();
        context =
                new TestingReaderContext(
                        new Configuration(),
                        InternalSourceReaderMetricGroup.mock(metrics.getMetricGroup()));
        open(Scan.NO_LIMIT);
        SplitTemplate template = split(1).template();
        reader.addSplits(
                List.of(
                        new QuerySplit("1", template, "id < 1000", 900),
                        new QuerySplit("2", template, "id >= 1000 AND id < 1500", 600)));
        poll();
        assertThat(gauge(metrics, "splitsPending")).isEqualTo(2);
        assertThat(gauge(metrics, MetricNames.PENDING_RECORDS)).isBetween(1500L, 1600L);
        reader.notifyNoMoreSplits();
        while (pollUntilSomething() != InputStatus.END_OF_INPUT) {
            continue;
        }

        assertThat(counter(metrics, "splitsDone")).isEqualTo(2);
        assertThat(gauge(metrics, "splitsPending")).isZero();
        assertThat(gauge(metrics, MetricNames.PENDING_RECORDS)).isZero();
    }

    @Test
    void countsRowsAndBytesAsFlinkDoes() throws Exception {
        context =
                new TestingReaderContext(
                        new Configuration(),
                        InternalSourceReaderMetricGroup.wrap(
                                UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup()));
        open(Scan.NO_LIMIT);
        reader.addSplits(List.of(split(1), split(2)));
        reader.notifyNoMoreSplits();
        while (pollUntilSomething() != InputStatus.END_OF_INPUT) {
            continue;
        }

        OperatorIOMetricGroup io = context.metricGroup().getIOMetricGroup();
        assertThat(io.getNumRecordsInCounter().getCount()).isEqualTo(20_000);
        assertThat(io.getNumBytesInCounter().getCount()).isBetween(100_000L, 200_000L);
    }

    private static long counter(MetricListener metrics, String name) {
        return metrics.getCounter(name).orElseThrow().getCount();
    }

    private static long gauge(MetricListener metrics, String name) {
        return metrics.<Long>getGauge(name).orElseThrow().getValue();
    }

    @Test
    void failsOnARowInTheMiddleThatIsNone() throws Exception {
        MetricListener metrics = new MetricListener();
        context =
                new TestingReaderContext(
                        new Configuration(),
                        InternalSourceReaderMetricGroup.mock(metrics.getMetricGroup()));
        open(Scan.NO_LIMIT);
        // The text of row 600 is no number.
        SplitTemplate template =
                new SplitTemplate(
                        "SELECT CASE WHEN id = 600 THEN 'many' ELSE id::VARCHAR END AS id"
                                + " FROM lake.main.t WHERE (",
                        ")",
                        -1);
        QuerySplit split = new QuerySplit("1", template, "id < 1000", 0);
        reader.addSplits(List.of(split));
        reader.notifyNoMoreSplits();

        assertThatThrownBy(this::pollUntilSomething)
                .isInstanceOf(MalformedRowException.class)
                .hasMessageContaining("column 'id'")
                .hasMessageNotContaining("many");
        assertThat(counter(metrics, MetricNames.NUM_RECORDS_IN_ERRORS)).isEqualTo(1);
        assertThat(reader.snapshotState(1)).containsExactly(split);
    }

    private static SplitTemplate forEver() {
        return new SplitTemplate(FOR_EVER, ")", -1);
    }

    @Test
    void cancelsTheServersQueryAndLeavesNoFileWhenItIsClosed() throws Exception {
        options.set(AltertableOptions.SCAN_SPLIT_MAX_SIZE, MemorySize.parse("64 kb"));
        open(Scan.NO_LIMIT);
        lake.faults().add(Fault.delay(Duration.ofMillis(1)).onStatement("SELECT"));
        reader.addSplits(List.of(new QuerySplit("1", forEver(), "TRUE", 0)));
        poll();
        Lakes.await("the query is there", () -> lake.faults().pending().isEmpty());

        long before = System.nanoTime();
        reader.close();

        Lakes.await("the server's query is cancelled", () -> cancellations().size() == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(temporary).isEmptyDirectory();
    }
}
