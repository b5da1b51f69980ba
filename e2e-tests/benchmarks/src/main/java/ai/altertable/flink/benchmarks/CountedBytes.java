package ai.altertable.flink.benchmarks;

import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** A file of which only the length is kept, in the forms that the contenders ask for. */
final class CountedBytes {

    private long size;

    long size() {
        return size;
    }

    FSDataOutputStream asFlinkStream() {
        return new FSDataOutputStream() {
            @Override
            public long getPos() {
                return size;
            }

            @Override
            public void write(int b) {
                size++;
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                size += length;
            }

            @Override
            public void flush() {}

            @Override
            public void sync() {}

            @Override
            public void close() {}
        };
    }

    OutputFile asIcebergFile() {
        return new OutputFile() {
            @Override
            public PositionOutputStream create() {
                return asIcebergStream();
            }

            @Override
            public PositionOutputStream createOrOverwrite() {
                return asIcebergStream();
            }

            @Override
            public String location() {
                return "memory";
            }

            @Override
            public InputFile toInputFile() {
                throw new UnsupportedOperationException("only the length was kept");
            }
        };
    }

    private PositionOutputStream asIcebergStream() {
        return new PositionOutputStream() {
            @Override
            public long getPos() {
                return size;
            }

            @Override
            public void write(int b) {
                size++;
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                size += length;
            }
        };
    }
}
