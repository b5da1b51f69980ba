package ai.altertable.flink.sink;

import ai.altertable.flink.format.Chunk;
import ai.altertable.flink.format.ChunkEncoder;

/** An encoder that has something to do with each row before another one encodes it. */
abstract class WrappedEncoder implements ChunkEncoder {

    private final ChunkEncoder encoder;

    WrappedEncoder(ChunkEncoder encoder) {
        this.encoder = encoder;
    }

    final ChunkEncoder encoder() {
        return encoder;
    }

    @Override
    public final int rows() {
        return encoder.rows();
    }

    @Override
    public final long sizeInBytes() {
        return encoder.sizeInBytes();
    }

    @Override
    public final Chunk seal() {
        return encoder.seal();
    }

    @Override
    public final void close() {
        encoder.close();
    }
}
