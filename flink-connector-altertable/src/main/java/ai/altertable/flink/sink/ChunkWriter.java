package ai.altertable.flink.sink;

import ai.altertable.flink.format.RowNotEncodableException;
import ai.altertable.flink.format.ToRow;
import java.io.IOException;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.table.data.RowData;

/**
 * Gathers rows in the open chunk and hands sealed ones to their deliveries.
 *
 * <h2>When a chunk is sealed</h2>
 *
 * <p>When it is full, when its first row has waited for {@code sink.buffer-flush.interval}, and at
 * a checkpoint or the end of the input. But never before there is room for it in the outbox: so
 * memory holds the open chunk and those on their way, and no other.
 *
 * <h2>Waiting</h2>
 *
 * <p>{@link #write} waits while the open chunk is full and has no room in the outbox; {@link
 * #flush} waits until everything is in. Both let mails run meanwhile, which is how deliveries go
 * on. The timer waits for nothing.
 *
 * <h2>Closing</h2>
 *
 * <p>{@link #close} uploads nothing, since it is called after failures too, and waits for nothing.
 */
final class ChunkWriter<T> implements SinkWriter<T> {

    private final ToRow<T> toRow;
    private final OpenChunk open;
    private final Delivery.Means means;
    private final FlushTimer timer;
    private final Runnable atEnd;

    /** Of the open chunk. */
    private RejectedRows rejected;

    /** How many rows came, and how many of them before the open chunk's first one. */
    private long rowsCome;

    private long rowsBefore;

    /** The open chunk goes as soon as there is room, full or not. */
    private boolean due;

    private boolean flushing;

    /** The open chunk is full and there is no room for it. */
    private boolean blocked;

    /**
     * @param atEnd what is over with the writer
     */
    ChunkWriter(
            ToRow<T> toRow,
            OpenChunk open,
            Delivery.Means means,
            SinkSettings.Buffering buffering,
            ProcessingTimeService time,
            Runnable atEnd) {
        this.toRow = toRow;
        this.open = open;
        this.means = means;
        this.timer = new FlushTimer(time, buffering.interval(), this::overdue);
        this.atEnd = atEnd;
        this.rejected = means.rejections().none();
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
        while (blocked) {
            means.outbox().awaitProgress();
        }
        boolean first = isEmpty();
        rowsCome++;
        add(toRow.toRow(element));
        if (first && !isEmpty()) {
            timer.start();
        }
        sendIfDue();
    }

    private void add(RowData row) throws IOException {
        try {
            open.add(row);
        } catch (RowNotEncodableException e) {
            if (!means.rejections().mayGiveUpRows()) {
                means.metrics().failed(1);
                throw new IOException(
                        "Row "
                                + rowsCome
                                + " of this subtask cannot be written to "
                                + means.destination().table()
                                + ": "
                                + e.getMessage(),
                        e);
            }
            rejected.add(e.getMessage(), () -> means.splitter().json(row));
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        flushing = true;
        sendIfDue();
        while (!isEmpty() || !means.outbox().isEmpty()) {
            means.outbox().awaitProgress();
        }
        flushing = false;
    }

    private void overdue() throws IOException {
        due = true;
        sendIfDue();
    }

    private void sendIfDue() throws IOException {
        boolean full = isFull() && !open.isAmidUpdate();
        boolean asked = full || flushing || due && !open.isAmidUpdate();
        if (!asked || isEmpty()) {
            return;
        }
        blocked = full;
        if (means.outbox().hasRoom()) {
            send();
        }
    }

    private void send() throws IOException {
        Batch batch = open.rows() == 0 ? Batch.EMPTY : open.seal();
        RejectedRows rejectedOfBatch = rejected;
        rejected = means.rejections().none();
        String numbers = (rowsBefore + 1) + " to " + rowsCome;
        rowsBefore = rowsCome;
        due = false;
        blocked = false;
        timer.stop();
        means.outbox().left();
        new Delivery(batch, rejectedOfBatch, numbers, means, this::arrived).next();
    }

    private void arrived() throws IOException {
        means.outbox().arrived();
        sendIfDue();
    }

    private boolean isEmpty() {
        return open.rows() == 0 && rejected.count() == 0;
    }

    private boolean isFull() {
        return means.rule()
                .isFull(
                        open.rows() + rejected.count(),
                        open.sizeInBytes() + rejected.sizeInBytes());
    }

    @Override
    public void close() {
        means.outbox().close();
        try {
            open.close();
        } finally {
            atEnd.run();
        }
    }
}
