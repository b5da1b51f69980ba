package ai.altertable.flink.benchmarks;

import ai.altertable.flink.format.Chunk;
import ai.altertable.flink.format.ColumnBinding;
import ai.altertable.flink.format.JsonlEncoder;
import java.util.concurrent.TimeUnit;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.JsonFormatOptions.MapNullKeyMode;
import org.apache.flink.formats.json.JsonRowDataSerializationSchema;
import org.apache.flink.table.data.RowData;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lineitem rows to JSON lines: ours against {@code flink-json}. Each contender has JVMs of its own.
 * Compare ratios of one run, never numbers of two.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms2g", "-Xmx2g"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class JsonlEncodeBenchmark {

    private static final int ROWS = 20_000;

    private final RowData[] rows = Lineitem.rows();
    private final JsonlEncoder encoder = new JsonlEncoder(ColumnBinding.identity(Lineitem.TYPE));
    private final JsonRowDataSerializationSchema flinkJson =
            new JsonRowDataSerializationSchema(
                    Lineitem.TYPE, TimestampFormat.SQL, MapNullKeyMode.FAIL, "", true, false);

    RowData[] rows() {
        return rows;
    }

    @Setup
    public void open() throws Exception {
        // The schema asks nothing of its context.
        flinkJson.open(null);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long ours() {
        for (RowData row : rows) {
            encoder.add(row);
        }
        Chunk chunk = encoder.seal();
        chunk.release();
        return chunk.sizeInBytes();
    }

    /** Its bytes are thrown away: a chunk of them would cost a copy on top. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long flinkJson() {
        long size = 0;
        for (RowData row : rows) {
            size += flinkJson.serialize(row).length + 1;
        }
        return size;
    }
}
