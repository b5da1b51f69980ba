package ai.altertable.flink.client;

import java.io.IOException;
import java.io.OutputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** A payload as OkHttp wants it: streamed, in blocks, of known length. */
final class PayloadBody extends RequestBody {

    /** Okio buffers a write as a whole before it sends any of it: large ones get slow. */
    private static final int BLOCK = 64 * 1024;

    private final MediaType type;
    private final Payload payload;

    PayloadBody(MediaType type, Payload payload) {
        this.type = type;
        this.payload = payload;
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return payload.sizeInBytes();
    }

    /**
     * One shot for each call, that is: it keeps OkHttp from sending a call twice, which it does on
     * {@code Retry-After: 0} whatever else is set. Our own retries are calls of their own.
     */
    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try {
            payload.writeTo(new Blocks(sink));
        } catch (RuntimeException e) {
            // OkHttp would take it for a bug of its own and end its thread.
            throw new IOException("the payload cannot be written", e);
        }
    }

    private static final class Blocks extends OutputStream {

        private final BufferedSink sink;

        Blocks(BufferedSink sink) {
            this.sink = sink;
        }

        @Override
        public void write(int b) throws IOException {
            sink.writeByte(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int end = offset + length;
            for (int from = offset; from < end; from += BLOCK) {
                sink.write(bytes, from, Math.min(BLOCK, end - from));
            }
        }
    }
}
