package ai.altertable.flink.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.altertable.flink.AltertableOptions;
import ai.altertable.flink.ChunkFormat;
import java.util.Base64;
import java.util.SplittableRandom;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.types.RowKind;

/**
 * Appends rows in a JVM of its own, whose heap is limited, and ends with 0 when all are in.
 * Arguments: url, username, password, format, the size of a chunk in MiB, how many chunks, how many
 * of them may be on their way at a time.
 */
public final class WriterProcess {

    private static final int RANDOM_BYTES = 750;
    private static final int ROW_BYTES = 1000;

    private WriterProcess() {}

    public static void main(String[] args) throws Exception {
        MemorySize chunk = MemorySize.ofMebiBytes(Integer.parseInt(args[4]));
        long rows = chunk.getBytes() * Integer.parseInt(args[5]) / ROW_BYTES;
        SplittableRandom random = new SplittableRandom(7);
        byte[] noise = new byte[RANDOM_BYTES];
        try (OpenWriter writer =
                new OpenWriter(
                        OpenWriter.builder(args[0], args[1], args[2], OpenWriter.ORDERS)
                                .set(AltertableOptions.SINK_FORMAT, ChunkFormat.valueOf(args[3]))
                                .set(AltertableOptions.SINK_BUFFER_FLUSH_MAX_SIZE, chunk)
                                .set(
                                        AltertableOptions.SINK_REQUESTS_MAX_INFLIGHT,
                                        Integer.parseInt(args[6])))) {
            for (long id = 0; id < rows; id++) {
                random.nextBytes(noise);
                String text = new String(Base64.getEncoder().encode(noise), US_ASCII);
                writer.write(
                        GenericRowData.ofKind(RowKind.INSERT, id, StringData.fromString(text)));
            }
            writer.flush();
        }
        System.exit(0);
    }
}
