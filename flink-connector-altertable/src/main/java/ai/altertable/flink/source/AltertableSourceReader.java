package ai.altertable.flink.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one split after the other, each whole.
 *
 * <h2>Checkpoints</h2>
 *
 * <p>A split is emitted within one call of {@link #pollNext}, and checkpoints are taken between
 * calls. So the state is the splits that were not emitted yet, and nothing of their inside.
 *
 * <h2>Fetching ahead</h2>
 *
 * <p>When a split is here, the next one is asked for, and only when that is on its way the first is
 * emitted: while it is, this thread sees no answer. Asking earlier would take splits from readers
 * that have none; only while the last rows of a split go out and the next is here already, the one
 * behind that is asked for. At most two splits are in memory.
 *
 * <h2>Threads</h2>
 *
 * <p>All is done by the task's thread but fetching, which only completes futures, and half of the
 * decoding, see {@link RowsAhead}.
 */
final class AltertableSourceReader<T> implements SourceReader<T, QuerySplit> {

    private static final Logger LOG = LoggerFactory.getLogger(AltertableSourceReader.class);

    private final SourceReaderContext context;
    private final SplitDownloads downloads;
    private final SplitEmission<T> emission;
    private final SourceMetrics metrics;

    /** Splits that wait to be fetched. */
    private final Deque<QuerySplit> assigned = new ArrayDeque<>();

    /** At most two: the next to be emitted, and the one behind it. */
    private final Deque<Download> fetching = new ArrayDeque<>();

    /** Completed when there may be something to do; renewed before looking whether there is. */
    private final AtomicReference<CompletableFuture<Void>> news =
            new AtomicReference<>(new CompletableFuture<>());

    private long rowsWanted;
    private boolean asked;
    private boolean noMoreSplits;

    /**
     * @param limit from how many rows on no more are needed. Rows emitted before a restore are not
     *     counted: rather too many than too few
     */
    AltertableSourceReader(
            SourceReaderContext context,
            SplitDownloads downloads,
            SplitEmission<T> emission,
            SourceMetrics metrics,
            long limit) {
        this.context = context;
        this.downloads = downloads;
        this.emission = emission;
        this.metrics = metrics;
        this.rowsWanted = limit;
    }

    @Override
    public void start() {
        if (assigned.isEmpty()) {
            ask();
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        if (news.get().isDone()) {
            news.set(new CompletableFuture<>());
        }
        fetch();
        Download next = fetching.peek();
        if (next == null && noMoreSplits) {
            return InputStatus.END_OF_INPUT;
        }
        if (next == null || next.isDone() && !isNextFetched()) {
            ask();
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (!next.isDone()) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        emit(next, output);
        return InputStatus.MORE_AVAILABLE;
    }

    /** Whether the split behind the first is on its way, if there is one. */
    private boolean isNextFetched() {
        return fetching.size() > 1 || noMoreSplits;
    }

    private void ask() {
        if (!asked) {
            asked = true;
            context.sendSplitRequest();
        }
    }

    /** Asks for the split behind the next, if that is here: the answer comes while rows go out. */
    private void askAhead(long stillWanted) {
        boolean nextIsHere = fetching.size() > 1 && fetching.peekLast().isDone();
        if (nextIsHere && assigned.isEmpty() && !noMoreSplits && stillWanted > 0) {
            ask();
        }
    }

    private void fetch() {
        while (!assigned.isEmpty() && mayFetchOneMore()) {
            QuerySplit split = assigned.poll();
            Download download = new Download(split, downloads.start(split));
            fetching.add(download);
            download.result().whenComplete((fetched, failure) -> tellNews());
        }
        updatePending();
    }

    private boolean mayFetchOneMore() {
        return fetching.isEmpty() || fetching.size() == 1 && fetching.peek().isDone();
    }

    private void tellNews() {
        news.get().complete(null);
    }

    private void emit(Download download, ReaderOutput<T> output) throws Exception {
        String splitId = download.split().splitId();
        try (FetchedSplit fetched = download.get()) {
            emission.emit(
                    fetched,
                    output.createOutputForSplit(splitId),
                    () -> askAhead(rowsWanted - fetched.rows()));
            metrics.splitDone(fetched.bytes().size());
            rowsWanted -= fetched.rows();
            LOG.debug("{}: emitted {} rows", download.split(), fetched.rows());
        }
        output.releaseOutputForSplit(splitId);
        fetching.remove();
        if (rowsWanted <= 0) {
            stop();
        }
        updatePending();
    }

    /** Nobody needs more rows of this reader. */
    private void stop() {
        assigned.clear();
        discardDownloads();
        noMoreSplits = true;
    }

    private void discardDownloads() {
        downloads.close();
        fetching.forEach(Download::discard);
        fetching.clear();
    }

    private void updatePending() {
        metrics.pending(
                assigned.size() + fetching.size(),
                assigned.stream().mapToLong(QuerySplit::estimatedRows).sum()
                        + fetching.stream().mapToLong(Download::pendingRows).sum());
    }

    @Override
    public List<QuerySplit> snapshotState(long checkpointId) {
        List<QuerySplit> notEmitted = new ArrayList<>();
        fetching.forEach(download -> notEmitted.add(download.split()));
        notEmitted.addAll(assigned);
        return notEmitted;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return news.get();
    }

    @Override
    public void addSplits(List<QuerySplit> splits) {
        asked = false;
        assigned.addAll(splits);
        tellNews();
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        tellNews();
    }

    @Override
    public void close() {
        emission.close();
        discardDownloads();
    }
}
