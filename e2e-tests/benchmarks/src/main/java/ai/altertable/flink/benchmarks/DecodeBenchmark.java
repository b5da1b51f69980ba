package ai.altertable.flink.benchmarks;

import ai.altertable.flink.format.QueryRows;
import ai.altertable.flink.format.RowDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.data.RowData;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * An answer of {@code /query} to rows of Flink: ours, what one would write with Jackson, and the
 * same rows from the vectors of Arrow. One operation is one row; the answer lies in memory. {@code
 * -prof gc} shows the bytes per row.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(
        value = 3,
        jvmArgs = {
            "-XX:+UseSerialGC",
            "-Xms2g",
            "-Xmx2g",
            "-Xmn1g",
            "--add-opens=java.base/java.nio=ALL-UNNAMED"
        })
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {

    private static final int ROWS = 20_000;

    private final byte[] answer = LineitemAnswer.of(Lineitem.rows(ROWS, 1));
    private final byte[] arrow = ArrowAnswer.of(Lineitem.rows(ROWS, 1));
    private final RowDecoder decoder = new RowDecoder(Lineitem.TYPE);

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void ours(Blackhole sink) throws IOException {
        QueryRows rows = decoder.rows(new ByteArrayInputStream(answer));
        for (RowData row = rows.next(); row != null; row = rows.next()) {
            sink.consume(row);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void jacksonStreaming(Blackhole sink) throws IOException {
        JacksonDecoders.streaming(answer, sink::consume);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void arrowVectors(Blackhole sink) throws IOException {
        ArrowAnswer.read(arrow, sink::consume);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void jacksonTree(Blackhole sink) throws IOException {
        JacksonDecoders.tree(answer, sink::consume);
    }
}
