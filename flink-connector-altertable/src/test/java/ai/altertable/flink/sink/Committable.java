package ai.altertable.flink.sink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;

/** A request to commit: by an exception alone it may fail. */
record Committable(StagedChunks getCommittable) implements CommitRequest<StagedChunks> {

    static Collection<CommitRequest<StagedChunks>> all(List<StagedChunks> staged) {
        Collection<CommitRequest<StagedChunks>> requests = new ArrayList<>();
        staged.forEach(chunks -> requests.add(new Committable(chunks)));
        return requests;
    }

    @Override
    public int getNumberOfRetries() {
        return 0;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable t) {
        throw new AssertionError("Flink drops the data and goes on", t);
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable t) {
        throw new AssertionError("not asked for", t);
    }

    @Override
    public void retryLater() {
        throw new AssertionError("not asked for");
    }

    @Override
    public void updateAndRetryLater(StagedChunks committable) {
        throw new AssertionError("not asked for");
    }

    @Override
    public void signalAlreadyCommitted() {}
}
