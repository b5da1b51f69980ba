package ai.altertable.flink.source;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the splits planned once, elsewhere than on the coordinator's thread, and gives one to each
 * reader that asks. Why the splits are as they are is in {@link SplitPlanner}.
 *
 * <h2>State</h2>
 *
 * <p>Either nothing is planned, then it is planned after a restore; or the splits that no reader
 * has. Splits of a reader that failed come back by themselves.
 */
final class SplitEnumeration implements SplitEnumerator<QuerySplit, ScanProgress> {

    /** The way to the lakehouse, for as long as splits are being planned. */
    interface Planning extends Callable<List<QuerySplit>>, AutoCloseable {
        @Override
        void close();
    }

    private static final Logger LOG = LoggerFactory.getLogger(SplitEnumeration.class);

    private final SplitEnumeratorContext<QuerySplit> context;
    private final Planning planning;
    private final Deque<QuerySplit> pending;

    /** Readers that asked before there was a plan. */
    private final Set<Integer> waiting = new LinkedHashSet<>();

    private boolean planned;

    SplitEnumeration(
            SplitEnumeratorContext<QuerySplit> context, ScanProgress progress, Planning planning) {
        this.context = context;
        this.planning = planning;
        this.planned = progress.planned();
        this.pending = new ArrayDeque<>(progress.pending());
    }

    @Override
    public void start() {
        context.metricGroup().setUnassignedSplitsGauge(() -> (long) pending.size());
        if (planned) {
            LOG.info("Going on with {} splits that no reader has yet", pending.size());
        } else {
            context.callAsync(planning, this::planned);
        }
    }

    private void planned(List<QuerySplit> splits, Throwable failure) {
        if (failure != null) {
            throw new FlinkRuntimeException("The splits of the scan cannot be planned", failure);
        }
        planned = true;
        pending.addAll(splits);
        planning.close();
        for (Integer reader : List.copyOf(waiting)) {
            // One that failed meanwhile will ask again.
            if (context.registeredReaders().containsKey(reader)) {
                answer(reader);
            }
        }
        waiting.clear();
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        if (planned) {
            answer(subtaskId);
        } else {
            waiting.add(subtaskId);
        }
    }

    private void answer(int reader) {
        QuerySplit split = pending.poll();
        if (split == null) {
            context.signalNoMoreSplits(reader);
            LOG.debug("No more splits for reader {}", reader);
        } else {
            context.assignSplit(split, reader);
            LOG.debug("{} goes to reader {}; {} are left", split, reader, pending.size());
        }
    }

    /** In front, so that what has failed before everything else shows it before the end. */
    @Override
    public void addSplitsBack(List<QuerySplit> splits, int subtaskId) {
        LOG.info("{} splits of reader {} come back", splits.size(), subtaskId);
        splits.forEach(pending::addFirst);
    }

    @Override
    public void addReader(int subtaskId) {
        // It asks for what it wants.
    }

    @Override
    public ScanProgress snapshotState(long checkpointId) {
        return new ScanProgress(planned, new ArrayList<>(pending));
    }

    @Override
    public void close() throws IOException {
        planning.close();
    }
}
