package ai.altertable.flink.benchmarks;

import ai.altertable.flink.format.Chunk;
import ai.altertable.flink.format.ColumnBinding;
import ai.altertable.flink.format.ParquetCodec;
import ai.altertable.flink.format.ParquetEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.formats.parquet.row.ParquetRowDataBuilder;
import org.apache.flink.table.data.RowData;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.data.FlinkParquetWriters;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
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

/**
 * Lineitem rows to a Parquet file in memory, zstd level 1: ours against Flink's and Iceberg's
 * writers at their defaults. One operation is one row of a file of {@value #ROWS} rows; no page of
 * any contender sees a row twice. Each contender has JVMs of its own. Compare ratios of one run,
 * never numbers of two.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms2g", "-Xmx2g", "-Xmn1g"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class ParquetEncodeBenchmark {

    private static final int ROWS = 280_000;
    private static final int TIMES = 4;

    private final RowData[] rows = Lineitem.rows(ROWS / TIMES, 19920101L);
    private final ParquetEncoder encoder =
            new ParquetEncoder(ColumnBinding.identity(Lineitem.TYPE), ParquetCodec.ZSTD);
    private final Schema icebergSchema = icebergSchema();

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long ours() {
        for (int time = 0; time < TIMES; time++) {
            for (RowData row : rows) {
                encoder.add(row);
            }
        }
        Chunk chunk = encoder.seal();
        chunk.release();
        return chunk.sizeInBytes();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long flinkParquet() throws IOException {
        Configuration zstd = new Configuration(false);
        zstd.set("parquet.compression", "ZSTD");
        zstd.set("parquet.compression.codec.zstd.level", "1");
        CountedBytes out = new CountedBytes();
        BulkWriter<RowData> writer =
                ParquetRowDataBuilder.createWriterFactory(Lineitem.TYPE, zstd, true)
                        .create(out.asFlinkStream());
        for (int time = 0; time < TIMES; time++) {
            for (RowData row : rows) {
                writer.addElement(row);
            }
        }
        writer.finish();
        return out.size();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long iceberg() throws IOException {
        CountedBytes out = new CountedBytes();
        try (FileAppender<RowData> writer =
                Parquet.write(out.asIcebergFile())
                        .schema(icebergSchema)
                        .set("write.parquet.compression-codec", "zstd")
                        .set("write.parquet.compression-level", "1")
                        .createWriterFunc(
                                type -> FlinkParquetWriters.buildWriter(Lineitem.TYPE, type))
                        .build()) {
            for (int time = 0; time < TIMES; time++) {
                for (RowData row : rows) {
                    writer.add(row);
                }
            }
        }
        return out.size();
    }

    private static Schema icebergSchema() {
        List<Types.NestedField> fields = new ArrayList<>();
        for (int i = 0; i < Lineitem.TYPE.getFieldCount(); i++) {
            fields.add(
                    Types.NestedField.required(
                            i + 1,
                            Lineitem.TYPE.getFieldNames().get(i),
                            FlinkSchemaUtil.convert(Lineitem.TYPE.getTypeAt(i))));
        }
        return new Schema(fields);
    }
}
