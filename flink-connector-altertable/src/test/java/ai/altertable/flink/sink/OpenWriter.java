package ai.altertable.flink.sink;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.local.AltertableLocal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.UserCodeClassLoader;

/** A writer on a real lakehouse, without a cluster: the test is the task. */
final class OpenWriter implements AutoCloseable {

    /** {@code id BIGINT NOT NULL, name STRING} */
    static final RowType ORDERS =
            RowType.of(
                    new LogicalType[] {
                        new BigIntType(false), new VarCharType(VarCharType.MAX_LENGTH)
                    },
                    new String[] {"id", "name"});

    final FakeMailbox mailbox = new FakeMailbox();
    final FakeClock clock = new FakeClock();
    final RecordedMetrics metrics = new RecordedMetrics();
    private final AltertableSink<RowData> sink;
    private final SinkWriter<RowData> writer;

    OpenWriter(AltertableLocal lakehouse, UnaryOperator<AltertableSinkBuilder<RowData>> options)
            throws Exception {
        this(lakehouse, ORDERS, options);
    }

    OpenWriter(
            AltertableLocal lakehouse,
            RowType columns,
            UnaryOperator<AltertableSinkBuilder<RowData>> options)
            throws Exception {
        sink = options.apply(builder(lakehouse, columns)).build();
        writer = sink.createWriter(new Context());
    }

    static AltertableSinkBuilder<RowData> builder(AltertableLocal lakehouse, RowType columns) {
        return AltertableSink.builder(RowData.class, columns)
                .set(AltertableOptions.URL, lakehouse.url().toString())
                .set(AltertableOptions.CATALOG, "lake")
                .set(AltertableOptions.TABLE, "orders")
                .set(AltertableOptions.USERNAME, lakehouse.username())
                .set(AltertableOptions.PASSWORD, lakehouse.password())
                .set(AltertableOptions.SINK_RETRY_TIMEOUT, Duration.ofSeconds(20));
    }

    static RowData order(RowKind kind, Long id, String name) {
        return GenericRowData.ofKind(kind, id, StringData.fromString(name));
    }

    void write(RowKind kind, Long id, String name) throws Exception {
        write(order(kind, id, name));
    }

    void write(long id, String name) throws Exception {
        write(RowKind.INSERT, id, name);
    }

    void write(RowData row) throws Exception {
        writer.write(row, null);
    }

    void flush() throws Exception {
        writer.flush(false);
    }

    /** Exactly once: the end of a checkpoint, as its bytes say it. */
    List<StagedChunks> checkpoint() throws Exception {
        flush();
        List<StagedChunks> read = new ArrayList<>();
        for (StagedChunks staged : ((StagingWriter<RowData>) writer).prepareCommit()) {
            StagedChunksSerializer serializer = StagedChunksSerializer.INSTANCE;
            read.add(serializer.deserialize(1, serializer.serialize(staged)));
        }
        return read;
    }

    /** Exactly once: what follows when a checkpoint is complete, by a committer of its own. */
    void commit(List<StagedChunks> staged) throws Exception {
        try (CheckpointCommitter committer = committer()) {
            committer.commit(Committable.all(staged));
        }
    }

    CheckpointCommitter committer() {
        return new CheckpointCommitter(sink.settings(), "a test's job");
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Context implements WriterInitContext {
        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            throw new UnsupportedOperationException();
        }

        @Override
        public MailboxExecutor getMailboxExecutor() {
            return mailbox;
        }

        @Override
        public ProcessingTimeService getProcessingTimeService() {
            return clock;
        }

        @Override
        public SinkWriterMetricGroup metricGroup() {
            return metrics;
        }

        @Override
        public SerializationSchema.InitializationContext
                asSerializationSchemaInitializationContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isObjectReuseEnabled() {
            return true;
        }

        @Override
        public <T> TypeSerializer<T> createInputSerializer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public OptionalLong getRestoredCheckpointId() {
            return OptionalLong.empty();
        }

        @Override
        public JobInfo getJobInfo() {
            return new JobInfo() {
                @Override
                public JobID getJobId() {
                    return new JobID();
                }

                @Override
                public String getJobName() {
                    return "a test's job";
                }
            };
        }

        @Override
        public TaskInfo getTaskInfo() {
            return new OnlyTask();
        }
    }
}
