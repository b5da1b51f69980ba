package ai.altertable.flink.sink;

import ai.altertable.flink.Connection;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;

/** Stages rows, and hands over at each checkpoint what it staged. */
final class StagingWriter<T> implements CommittingSinkWriter<T, StagedChunks> {

    private final ChunkWriter<T> chunks;
    private final StagingArea area;
    private final Connection connection;

    StagingWriter(ChunkWriter<T> chunks, StagingArea area, Connection connection) {
        this.chunks = chunks;
        this.area = area;
        this.connection = connection;
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
        chunks.write(element, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        chunks.flush(endOfInput);
    }

    /** Comes behind a flush, so that all rows are staged. */
    @Override
    public Collection<StagedChunks> prepareCommit() {
        Orphans.drop(connection, area.takeGivenUp());
        List<StagedChunks.Table> tables = area.take();
        return tables.isEmpty()
                ? List.of()
                : List.of(new StagedChunks(UUID.randomUUID(), area.how(), tables));
    }

    @Override
    public void close() {
        chunks.close();
        Orphans.drop(connection, area.giveUpAll());
    }
}
