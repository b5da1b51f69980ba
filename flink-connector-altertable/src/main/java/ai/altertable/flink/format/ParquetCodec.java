package ai.altertable.flink.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import org.apache.parquet.format.CompressionCodec;

/** How the pages of a Parquet file are compressed. */
public enum ParquetCodec {
    /** Level 1: higher levels cost far more time than they save bytes. */
    ZSTD(CompressionCodec.ZSTD) {
        @Override
        Compressor open() {
            return openZstd();
        }
    },
    SNAPPY(CompressionCodec.SNAPPY) {
        @Override
        Compressor open() {
            return new JavaCompressor(new SnappyCompressor());
        }
    },
    NONE(CompressionCodec.UNCOMPRESSED) {
        @Override
        Compressor open() {
            return new Copy();
        }
    };

    private final CompressionCodec parquetName;

    ParquetCodec(CompressionCodec parquetName) {
        this.parquetName = parquetName;
    }

    CompressionCodec parquetName() {
        return parquetName;
    }

    /** May hold native memory until it is closed. */
    abstract Compressor open();

    /** By code in Java alone: it is rarely needed, and as exact. */
    Decompressor openToRead() {
        return switch (this) {
            case ZSTD -> new JavaDecompressor(new ZstdDecompressor());
            case SNAPPY -> new JavaDecompressor(new SnappyDecompressor());
            case NONE -> (page, length) -> page;
        };
    }

    /** Gives back what a {@link Compressor} was given. */
    interface Decompressor {
        byte[] decompress(byte[] page, int length);
    }

    private record JavaDecompressor(io.airlift.compress.Decompressor decompressor)
            implements Decompressor {

        @Override
        public byte[] decompress(byte[] page, int length) {
            byte[] bytes = new byte[length];
            int found = decompressor.decompress(page, 0, page.length, bytes, 0, length);
            if (found != length) {
                throw new IllegalStateException("a page of " + found + " bytes, not " + length);
            }
            return bytes;
        }
    }

    /** Compresses one page after another. */
    interface Compressor extends AutoCloseable {

        /** No page of this length becomes longer. */
        int maxLength(int length);

        /** Compresses a part of the bytes and returns how many they became. */
        int compress(byte[] bytes, int from, int length, byte[] into);

        @Override
        default void close() {}
    }

    /** By the native library where there is one for the machine, else by a slower one in Java. */
    private static Compressor openZstd() {
        try {
            return new NativeZstd();
        } catch (LinkageError e) {
            // An unusual machine, or a temporary directory from which nothing may be loaded.
            return javaZstd();
        }
    }

    static Compressor javaZstd() {
        return new JavaCompressor(new ZstdCompressor());
    }

    private static final class NativeZstd implements Compressor {

        private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(1);

        @Override
        public int maxLength(int length) {
            return Math.toIntExact(Zstd.compressBound(length));
        }

        @Override
        public int compress(byte[] bytes, int from, int length, byte[] into) {
            return context.compressByteArray(into, 0, into.length, bytes, from, length);
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private record JavaCompressor(io.airlift.compress.Compressor compressor) implements Compressor {

        @Override
        public int maxLength(int length) {
            return compressor.maxCompressedLength(length);
        }

        @Override
        public int compress(byte[] bytes, int from, int length, byte[] into) {
            return compressor.compress(bytes, from, length, into, 0, into.length);
        }
    }

    private static final class Copy implements Compressor {

        @Override
        public int maxLength(int length) {
            return length;
        }

        @Override
        public int compress(byte[] bytes, int from, int length, byte[] into) {
            System.arraycopy(bytes, from, into, 0, length);
            return length;
        }
    }
}
