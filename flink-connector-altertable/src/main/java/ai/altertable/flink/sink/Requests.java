package ai.altertable.flink.sink;

import ai.altertable.flink.TableId;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.Query;
import ai.altertable.flink.client.Upload;
import ai.altertable.flink.client.UploadMode;
import ai.altertable.flink.client.Upsert;
import ai.altertable.flink.format.Chunk;
import ai.altertable.flink.format.StatementResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a writer asks of one table.
 *
 * @param key empty: rows are appended
 * @param cursorField as the table spells it
 */
record Requests(
        AltertableClient client, TableId table, List<String> key, Optional<String> cursorField)
        implements Destination {

    static Requests appending(AltertableClient client, TableId table) {
        return new Requests(client, table, List.of(), Optional.empty());
    }

    @Override
    public CompletableFuture<Void> send(Chunk chunk) {
        String format = chunk.format().parameter();
        return key.isEmpty()
                ? client.upload(new Upload(table, UploadMode.APPEND, format, chunk))
                : client.upsert(new Upsert(table, key, cursorField, format, chunk));
    }

    @Override
    public CompletableFuture<Void> run(String statement) {
        return StatementResult.of(client, Query.repeatable(table.toString(), statement));
    }
}
