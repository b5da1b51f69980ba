package ai.altertable.flink.source;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;
import org.apache.flink.core.io.InputStatus;

/**
 * Reads splits in a JVM of its own, whose heap is limited, and exits with 0 when all rows came.
 * Arguments: url, username, password, the size of a split in MiB, how many splits.
 */
public final class ReaderProcess {

    private static final int ROW_BYTES = 1024;
    private static final int ROWS_PER_MIB = (1 << 20) / ROW_BYTES;

    private ReaderProcess() {}

    public static void main(String[] args) throws Exception {
        int mib = Integer.parseInt(args[3]);
        int splits = Integer.parseInt(args[4]);
        Configuration options =
                new Configuration()
                        .set(AltertableOptions.URL, args[0])
                        .set(AltertableOptions.USERNAME, args[1])
                        .set(AltertableOptions.PASSWORD, args[2])
                        .set(AltertableOptions.SCAN_SPLIT_MAX_SIZE, MemorySize.ofMebiBytes(mib));
        AltertableSource<Long> source =
                new AltertableSource<>(
                        Connection.from(options),
                        Scan.of(
                                new Scan.Query("not read: the splits are made here"),
                                Lakes.columns("id BIGINT, text STRING")),
                        ScanSettings.from(options),
                        row -> row.getLong(0),
                        Types.LONG);
        Consumer output = new Consumer();
        SourceReader<Long, QuerySplit> reader = source.createReader(new TestingReaderContext());
        reader.addSplits(splits(splits, mib * ROWS_PER_MIB));
        reader.notifyNoMoreSplits();
        reader.start();
        InputStatus status = InputStatus.NOTHING_AVAILABLE;
        while (status != InputStatus.END_OF_INPUT) {
            if (status == InputStatus.NOTHING_AVAILABLE) {
                reader.isAvailable().get(60, TimeUnit.SECONDS);
            }
            status = reader.pollNext(output);
        }
        System.exit(output.rows == (long) splits * mib * ROWS_PER_MIB ? 0 : 1);
    }

    /** Each a little smaller than it may be. */
    private static List<QuerySplit> splits(int count, int rows) {
        SplitTemplate template =
                new SplitTemplate(
                        "SELECT i AS id, repeat('x', %d) AS text FROM range(%d) r(i) WHERE ("
                                .formatted(ROW_BYTES - 16, rows),
                        ")",
                        -1);
        List<QuerySplit> splits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            splits.add(new QuerySplit("" + i, template, "TRUE", rows));
        }
        return splits;
    }

    /** Slow enough that the next split is here before the first is emitted. */
    private static final class Consumer extends TestingReaderOutput<Long> {

        private long rows;

        @Override
        public void collect(Long record) {
            rows++;
            if (rows % 1000 == 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }
}
