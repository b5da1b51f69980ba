package ai.altertable.flink.sink;

import ai.altertable.flink.client.ClientObserver;
import ai.altertable.flink.client.Outcome;
import ai.altertable.flink.format.Chunk;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * What a writer tells of itself: Flink's standard metrics of sinks, which count what the lakehouse
 * took, and a few of its own.
 */
final class SinkMetrics implements ClientObserver {

    private final LongAdder requests = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder ambiguousRetries = new LongAdder();

    private final Counter recordsSent;
    private final Counter bytesSent;
    private final Counter errors;
    private final Counter dropped;
    private final RecentValues latency = new RecentValues();
    private final RecentValues chunkRows = new RecentValues();
    private final RecentValues chunkBytes = new RecentValues();
    private long rowsDelivered;
    private volatile long lastSendTime;

    SinkMetrics(SinkWriterMetricGroup group) {
        recordsSent = group.getNumRecordsSendCounter();
        bytesSent = group.getNumBytesSendCounter();
        errors = group.getNumRecordsSendErrorsCounter();
        dropped = group.counter("numRecordsDropped");
        group.setCurrentSendTimeGauge(() -> lastSendTime);
        group.gauge("numRequests", requests::sum);
        group.gauge("numRequestRetries", retries::sum);
        group.gauge("numAmbiguousRetries", ambiguousRetries::sum);
        group.histogram("requestLatencyMs", latency);
        group.histogram("chunkRows", chunkRows);
        group.histogram("chunkBytes", chunkBytes);
    }

    @Override
    public void onRequest() {
        requests.increment();
    }

    @Override
    public void onRetry(Outcome reason) {
        retries.increment();
    }

    @Override
    public void onAmbiguousRetry() {
        ambiguousRetries.increment();
    }

    /** A chunk is in the table. */
    void sent(Chunk chunk, long nanos) {
        lastSendTime = TimeUnit.NANOSECONDS.toMillis(nanos);
        latency.update(lastSendTime);
        chunkRows.update(chunk.rows());
        chunkBytes.update(chunk.sizeInBytes());
        recordsSent.inc(chunk.rows());
        bytesSent.inc(chunk.sizeInBytes());
        rowsDelivered += chunk.rows();
    }

    /** Rows are deleted, or marked. */
    void deleted(int rows) {
        recordsSent.inc(rows);
        rowsDelivered += rows;
    }

    /** Rows fail the job. */
    void failed(int rows) {
        errors.inc(rows);
    }

    /** Rows were given up. */
    void dropped(int rows) {
        errors.inc(rows);
        dropped.inc(rows);
    }

    /** For the line at the end. */
    String summary() {
        return rowsDelivered
                + " rows delivered, "
                + dropped.getCount()
                + " dropped, "
                + requests.sum()
                + " requests, "
                + retries.sum()
                + " of them retries ("
                + ambiguousRetries.sum()
                + " with an unknown outcome before)";
    }
}
