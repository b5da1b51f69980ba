package ai.altertable.flink.sink;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.format.ToRow;
import java.io.IOException;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.RowType;

/**
 * Stages rows in tables of their own, and brings all that a checkpoint staged into the table by one
 * transaction when the checkpoint is complete.
 *
 * <h2>One transaction for each checkpoint</h2>
 *
 * <p>What the writers staged goes to the first subtask of the committer. Flink hands a checkpoint's
 * committables to it in one call, and it commits them together: so the checkpoint becomes visible
 * in one step, and no two transactions of a job ever meet.
 */
final class ExactlyOnceSink<T> extends AltertableSink<T>
        implements SupportsCommitter<StagedChunks>,
                SupportsPreCommitTopology<StagedChunks, StagedChunks> {

    private static final long serialVersionUID = 1L;

    ExactlyOnceSink(
            SinkSettings settings, RowType rowType, ToRow<T> toRow, boolean parallelAsItsInput) {
        super(settings, rowType, toRow, parallelAsItsInput);
    }

    @Override
    public CommittingSinkWriter<T, StagedChunks> createWriter(WriterInitContext context)
            throws IOException {
        return WriterOpening.open(settings, rowType, context, opening -> opening.staging(toRow));
    }

    @Override
    public DataStream<T> addPreWriteTopology(DataStream<T> rows) {
        checkCommitsEver(rows.getExecutionEnvironment());
        return super.addPreWriteTopology(rows);
    }

    /** What no checkpoint completes would be staged and never be seen. */
    private static void checkCommitsEver(StreamExecutionEnvironment environment) {
        boolean isBatch =
                environment.getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
                        == RuntimeExecutionMode.BATCH;
        if (!isBatch && !environment.getCheckpointConfig().isCheckpointingEnabled()) {
            throw new ValidationException(
                    "Option '"
                            + AltertableOptions.SINK_DELIVERY_GUARANTEE.key()
                            + "' is exactly-once, which makes rows visible by checkpoints, and"
                            + " there are none. Set 'execution.checkpointing.interval', or, for"
                            + " input that ends, 'execution.runtime-mode' to BATCH");
        }
    }

    @Override
    public DataStream<CommittableMessage<StagedChunks>> addPreCommitTopology(
            DataStream<CommittableMessage<StagedChunks>> staged) {
        return staged.global();
    }

    @Override
    public Committer<StagedChunks> createCommitter(CommitterInitContext context) {
        return new CheckpointCommitter(settings, context.getJobInfo().getJobId().toString());
    }

    @Override
    public SimpleVersionedSerializer<StagedChunks> getCommittableSerializer() {
        return StagedChunksSerializer.INSTANCE;
    }

    @Override
    public SimpleVersionedSerializer<StagedChunks> getWriteResultSerializer() {
        return StagedChunksSerializer.INSTANCE;
    }
}
