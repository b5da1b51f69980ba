package ai.altertable.flink.source;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.client.AltertableClient;
import ai.altertable.flink.client.Query;
import ai.altertable.flink.client.QueryStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.types.logical.RowType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches splits whole. Cut connections, error lines in mid-stream and servers without time are
 * tried again by the client, from the first row on; nobody has seen one yet.
 *
 * @param about what messages call the scan
 * @param rowType the rows of the answers
 * @param maxInMemory from which size on a split goes to a file
 */
record SplitDownloads(
        AltertableClient client,
        String about,
        RowType rowType,
        long maxInMemory,
        Path spillFolder,
        SplitBlocks blocks)
        implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SplitDownloads.class);

    /** The future is completed by an HTTP thread. What it holds has to be closed. */
    CompletableFuture<FetchedSplit> start(QuerySplit split) {
        LOG.debug("Fetching {} of {}", split, about);
        return client.read(Query.reading(about, split.statement()), stream -> fetch(split, stream));
    }

    private FetchedSplit fetch(QuerySplit split, QueryStream stream) throws IOException {
        SplitBytes bytes = new SplitBytes(maxInMemory, spillFolder, blocks);
        try {
            AnswerCheck check = new AnswerCheck();
            bytes.fill(stream, check);
            check.prove(bytes.open(), rowType);
            if (bytes.isSpilled()) {
                warnOfFile(split, bytes.size());
            }
            return new FetchedSplit(split, bytes, check.rows());
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private void warnOfFile(QuerySplit split, long size) {
        LOG.warn(
                "{} of {} has {} bytes, more than {} = {}, and went to a local file. Its rows are"
                    + " emitted in one step all the same, and checkpoints wait for that. To get"
                    + " smaller splits, name a column with many different values in {}, or raise"
                    + " {}",
                split,
                about,
                size,
                AltertableOptions.SCAN_SPLIT_MAX_SIZE.key(),
                maxInMemory,
                AltertableOptions.SCAN_PARTITION_COLUMN.key(),
                AltertableOptions.SCAN_PARTITION_NUM.key());
    }

    /** Breaks off what is being fetched, and has the server cancel it. */
    @Override
    public void close() {
        client.close();
    }
}
