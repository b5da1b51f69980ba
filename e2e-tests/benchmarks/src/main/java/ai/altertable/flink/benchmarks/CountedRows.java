package ai.altertable.flink.benchmarks;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/** Counts the rows of a job at parallelism 1 in this JVM, and does nothing else with them. */
final class CountedRows implements Sink<RowData> {

    private static final long serialVersionUID = 1L;

    private static volatile long count;

    /** Of the job that ended last. */
    static long count() {
        return count;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
        return new Writer();
    }

    private static final class Writer implements SinkWriter<RowData> {

        private long rows;

        @Override
        public void write(RowData row, Context context) {
            rows++;
        }

        @Override
        public void flush(boolean endOfInput) {
            count = rows;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
