package ai.altertable.flink.source;

import java.util.List;

/**
 * What a checkpoint keeps of the enumerator.
 *
 * @param planned whether splits were planned; if so, they are never planned again
 * @param pending the splits that no reader has
 */
public record ScanProgress(boolean planned, List<QuerySplit> pending) {

    static final ScanProgress UNPLANNED = new ScanProgress(false, List.of());

    public ScanProgress {
        pending = List.copyOf(pending);
    }
}
