package ai.altertable.flink.benchmarks;

import ai.altertable.flink.format.ChunkEncoder;
import ai.altertable.flink.format.ColumnBinding;
import ai.altertable.flink.format.JsonlEncoder;
import ai.altertable.flink.format.ParquetCodec;
import ai.altertable.flink.format.ParquetEncoder;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** {@code 'connector' = 'encoder'}: chunks of {@link Lineitem} as our sink makes them, dropped. */
public final class EncoderTableFactory implements DynamicTableSinkFactory {

    /** A text: peers have this factory on their class path too, and not our formats. */
    private static final ConfigOption<String> FORMAT =
            ConfigOptions.key("format").stringType().noDefaultValue();

    private static final int CHUNK_ROWS = 500_000;
    private static final long CHUNK_BYTES = 64 * 1024 * 1024;

    @Override
    public String factoryIdentifier() {
        return "encoder";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(FORMAT);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        return new Table(helper.getOptions().get(FORMAT));
    }

    private record Table(String format) implements DynamicTableSink {

        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            return ChangelogMode.insertOnly();
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
            return SinkV2Provider.of(new Encoding(format));
        }

        @Override
        public DynamicTableSink copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return "encoder";
        }
    }

    private static final class Encoding implements Sink<RowData> {

        private static final long serialVersionUID = 1L;
        private final String format;

        Encoding(String format) {
            this.format = format;
        }

        @Override
        public SinkWriter<RowData> createWriter(WriterInitContext context) {
            ColumnBinding columns = ColumnBinding.identity(Lineitem.TYPE);
            ExecutorService pages = Executors.newSingleThreadExecutor();
            return new Writer(
                    format.equals("jsonl")
                            ? new JsonlEncoder(columns)
                            : new ParquetEncoder(columns, ParquetCodec.ZSTD, pages),
                    pages);
        }
    }

    private record Writer(ChunkEncoder encoder, ExecutorService pages)
            implements SinkWriter<RowData> {

        @Override
        public void write(RowData row, Context context) {
            encoder.add(row);
            if (encoder.rows() >= CHUNK_ROWS || encoder.sizeInBytes() >= CHUNK_BYTES) {
                flush(false);
            }
        }

        @Override
        public void flush(boolean endOfInput) {
            if (encoder.rows() > 0) {
                encoder.seal().release();
            }
        }

        @Override
        public void close() {
            encoder.close();
            pages.shutdown();
        }
    }
}
