package ai.altertable.flink.sink;

import ai.altertable.flink.ChunkFormat;
import ai.altertable.flink.DeleteMode;
import ai.altertable.flink.ErrorMode;
import ai.altertable.flink.TableId;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.RetryPolicy;
import ai.altertable.flink.format.ChunkEncoder;
import ai.altertable.flink.format.ChunkSplitter;
import ai.altertable.flink.format.ColumnBinding;
import ai.altertable.flink.format.JsonlEncoder;
import ai.altertable.flink.format.ParquetCodec;
import ai.altertable.flink.format.ParquetEncoder;
import ai.altertable.flink.format.TableColumns;
import ai.altertable.flink.format.ToRow;
import ai.altertable.flink.format.TypeMapping;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.types.logical.RowType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a writer: looks at the table, then binds everything to what it found. */
final class WriterOpening {

    private static final Logger LOG = LoggerFactory.getLogger(WriterOpening.class);

    private static final ParquetCodec CODEC = ParquetCodec.ZSTD;

    private final SinkSettings settings;
    private final RowType declared;
    private final WriterInitContext context;
    private final SinkMetrics metrics;
    private final AltertableClient client;

    private WriterOpening(SinkSettings settings, RowType declared, WriterInitContext context) {
        this.settings = settings;
        this.declared = declared;
        this.context = context;
        this.metrics = new SinkMetrics(context.metricGroup());
        this.client =
                AltertableClient.open(
                        settings.connection(),
                        RetryPolicy.lasting(settings.writing().retryTimeout()),
                        settings.upserting().endpoint(),
                        metrics);
    }

    /** What is opened. */
    interface Opened<W> {
        W by(WriterOpening opening) throws IOException, InterruptedException;
    }

    static <W> W open(
            SinkSettings settings, RowType declared, WriterInitContext context, Opened<W> writer)
            throws IOException {
        WriterOpening opening = new WriterOpening(settings, declared, context);
        try {
            W opened = writer.by(opening);
            LOG.info("Opened a writer to {}: {}", settings.table(), settings);
            return opened;
        } catch (InterruptedException e) {
            opening.client.close();
            Thread.currentThread().interrupt();
            throw new IOException("The task was cancelled while its sink was opened", e);
        } catch (IOException | RuntimeException e) {
            opening.client.close();
            throw e;
        }
    }

    /** At least once: straight into the table. */
    <T> ChunkWriter<T> direct(ToRow<T> toRow) throws IOException, InterruptedException {
        WrittenColumns columns = columns();
        ChunkEncoder encoder =
                settings.writing().format() == ChunkFormat.JSONL
                        ? new JsonlEncoder(columns.binding())
                        : parquet(columns.binding());
        ChunkSplitter splitter = new ChunkSplitter(columns.binding(), CODEC);
        OpenChunk open =
                settings.upserts()
                        ? latestByKey(
                                columns,
                                encoder,
                                splitter,
                                new LatestByKey.Deletes(
                                        new SqlDeletes(key(), columns.deletes()),
                                        new SqlDeletes(key(), columns.deletes())))
                        : new AppendedRows(encoder);
        return writer(
                toRow, open, splitter, requests(columns), columns.table(), settings.buffering());
    }

    /** Exactly once: into tables of their own. */
    <T> StagingWriter<T> staging(ToRow<T> toRow) throws IOException, InterruptedException {
        StagedColumns columns = StagedColumns.of(columns());
        TableId target = columns.written().table().table();
        TableId ledger = new Ledger(client, Ledger.id(target, settings)).find();
        StagedChunks.How how = columns.how(ledger);
        String job = context.getJobInfo().getJobId().toString();
        if (context.getTaskInfo().getIndexOfThisSubtask() == 0) {
            new Ledger(client, ledger).createIfMissing();
            TransactionProbe.run(client, how, job, settings.writing().retryTimeout());
        }
        StagedRows rows = new StagedRows(parquet(columns.binding()), columns.notNull());
        ChunkSplitter splitter = new ChunkSplitter(columns.binding(), CODEC);
        int fields = columns.written().type().getFieldCount();
        OpenChunk open =
                settings.upserts()
                        ? latestByKey(
                                columns.written(),
                                rows,
                                splitter,
                                new LatestByKey.Deletes(
                                        new StagedDeletes(
                                                rows, key(), fields, StagedOperation.DELETE_BEFORE),
                                        new StagedDeletes(
                                                rows, key(), fields, StagedOperation.DELETE_AFTER)))
                        : new AppendedRows(rows);
        StagingArea area = new StagingArea(client, how, job);
        return new StagingWriter<>(
                writer(
                        toRow,
                        open,
                        splitter,
                        area,
                        columns.written().table(),
                        settings.buffering().untilCheckpoint()),
                area,
                settings.connection());
    }

    private ChunkEncoder parquet(ColumnBinding binding) {
        return new ParquetEncoder(binding, CODEC, client.threads());
    }

    private WrittenColumns columns() throws IOException, InterruptedException {
        RowType type = WrittenColumns.type(declared, settings);
        TargetTable target = new TargetTable(client, settings.table());
        TableColumns table =
                settings.writing().createTable() ? target.findOrCreate(type) : target.find();
        return WrittenColumns.bind(type, settings, table);
    }

    private <T> ChunkWriter<T> writer(
            ToRow<T> toRow,
            OpenChunk open,
            ChunkSplitter splitter,
            Destination destination,
            TableColumns table,
            SinkSettings.Buffering buffering)
            throws IOException, InterruptedException {
        Rejections rejections =
                new Rejections(
                        settings.onError().mode(), table.table(), deadLetters(table), metrics);
        return new ChunkWriter<>(
                toRow,
                open,
                new Delivery.Means(
                        destination,
                        new Outbox(context.getMailboxExecutor(), maxInflight()),
                        splitter,
                        new SealingRule(buffering),
                        rejections,
                        metrics),
                buffering,
                context.getProcessingTimeService(),
                this::close);
    }

    private void close() {
        client.close();
        LOG.info("Closed a writer to {}: {}", settings.table(), metrics.summary());
    }

    /** One upsert after the other, so that a later row of a key never overtakes an earlier one. */
    private int maxInflight() {
        return settings.upserts() ? 1 : settings.buffering().maxInflight();
    }

    private Requests requests(WrittenColumns columns) {
        TableId table = columns.table().table();
        return settings.upserts()
                ? new Requests(client, table, columns.keyNames(), columns.cursorName())
                : Requests.appending(client, table);
    }

    private KeyColumns key() {
        return KeyColumns.of(declared, settings.upserting().key());
    }

    private LatestByKey latestByKey(
            WrittenColumns columns,
            ChunkEncoder encoder,
            ChunkSplitter splitter,
            LatestByKey.Deletes deletes) {
        DeleteMode deleteMode = settings.upserting().deleteMode();
        String cursor = settings.upserting().cursorField();
        return new LatestByKey(
                deleteMode == DeleteMode.SOFT ? new MarkingEncoder(encoder) : encoder,
                splitter,
                key(),
                deletes,
                cursor.isEmpty() ? Cursor.none() : Cursor.of(declared, cursor),
                new LatestByKey.Rules(
                        deleteMode,
                        cursor.isEmpty() && (deleteMode == DeleteMode.SOFT || columns.areAll())));
    }

    private Optional<DeadLetters> deadLetters(TableColumns table)
            throws IOException, InterruptedException {
        if (settings.onError().mode() != ErrorMode.DEAD_LETTER) {
            return Optional.empty();
        }
        TableId id =
                new TableId(
                        table.table().catalog(),
                        table.table().schema(),
                        settings.onError().deadLetterTable());
        TableColumns letters = new TargetTable(client, id).findOrCreate(DeadLetters.COLUMNS);
        ColumnBinding binding =
                TypeMapping.bindForWriting(
                        DeadLetters.COLUMNS, letters.fields(), ChunkFormat.JSONL);
        return Optional.of(
                new DeadLetters(
                        Requests.appending(client, letters.table()),
                        binding,
                        context.getJobInfo().getJobName()));
    }
}
