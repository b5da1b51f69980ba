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

    static <T> ChunkWriter<T> open(
            SinkSettings settings, RowType declared, ToRow<T> toRow, WriterInitContext context)
            throws IOException {
        WriterOpening opening = new WriterOpening(settings, declared, context);
        try {
            return opening.writer(toRow);
        } catch (InterruptedException e) {
            opening.client.close();
            Thread.currentThread().interrupt();
            throw new IOException("The task was cancelled while its sink was opened", e);
        } catch (IOException | RuntimeException e) {
            opening.client.close();
            throw e;
        }
    }

    private <T> ChunkWriter<T> writer(ToRow<T> toRow) throws IOException, InterruptedException {
        RowType type = WrittenColumns.type(declared, settings);
        TargetTable target = new TargetTable(client, settings.table());
        TableColumns table =
                settings.writing().createTable() ? target.findOrCreate(type) : target.find();
        WrittenColumns columns = WrittenColumns.bind(type, settings, table);
        Rejections rejections =
                new Rejections(
                        settings.onError().mode(), table.table(), deadLetters(table), metrics);
        ChunkSplitter splitter = new ChunkSplitter(columns.binding(), CODEC);
        ChunkWriter<T> writer =
                new ChunkWriter<>(
                        toRow,
                        openChunk(columns, splitter),
                        new Delivery.Means(
                                requests(columns),
                                new Outbox(context.getMailboxExecutor(), maxInflight()),
                                splitter,
                                new SealingRule(settings.buffering()),
                                rejections,
                                metrics),
                        settings.buffering(),
                        context.getProcessingTimeService(),
                        this::close);
        LOG.info("Opened a writer to {}: {}", table.table(), settings);
        return writer;
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

    private OpenChunk openChunk(WrittenColumns columns, ChunkSplitter splitter) {
        ChunkEncoder encoder = encoder(columns.binding());
        if (!settings.upserts()) {
            return new AppendedRows(encoder);
        }
        DeleteMode deleteMode = settings.upserting().deleteMode();
        String cursor = settings.upserting().cursorField();
        return new LatestByKey(
                deleteMode == DeleteMode.SOFT ? new MarkingEncoder(encoder) : encoder,
                splitter,
                KeyColumns.of(declared, settings.upserting().key()),
                new LatestByKey.Deletes(columns.deletes(), columns.deletes()),
                cursor.isEmpty() ? Cursor.none() : Cursor.of(declared, cursor),
                new LatestByKey.Rules(
                        deleteMode,
                        cursor.isEmpty() && (deleteMode == DeleteMode.SOFT || columns.areAll())));
    }

    private ChunkEncoder encoder(ColumnBinding binding) {
        return settings.writing().format() == ChunkFormat.JSONL
                ? new JsonlEncoder(binding)
                : new ParquetEncoder(binding, CODEC);
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
