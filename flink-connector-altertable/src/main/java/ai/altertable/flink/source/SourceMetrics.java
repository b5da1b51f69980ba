package ai.altertable.flink.source;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/** What a reader shows of itself. Written by the task's thread alone. */
final class SourceMetrics {

    private final Counter recordsIn;
    private final Counter bytesIn;
    private final Counter errors;
    private final Counter splitsDone;
    private volatile long pendingRows;
    private volatile long pendingSplits;

    SourceMetrics(SourceReaderMetricGroup group) {
        recordsIn = group.getIOMetricGroup().getNumRecordsInCounter();
        bytesIn = group.getIOMetricGroup().getNumBytesInCounter();
        errors = group.getNumRecordsInErrorsCounter();
        splitsDone = group.counter("splitsDone");
        group.setPendingRecordsGauge(() -> pendingRows);
        group.gauge("splitsPending", () -> pendingSplits);
    }

    void emitted(long rows) {
        recordsIn.inc(rows);
    }

    void failedRow() {
        errors.inc();
    }

    void splitDone(long bytes) {
        bytesIn.inc(bytes);
        splitsDone.inc();
    }

    /**
     * What the reader has and has not emitted yet.
     *
     * @param rows as estimated, where they are not fetched
     */
    void pending(long splits, long rows) {
        pendingSplits = splits;
        pendingRows = rows;
    }
}
