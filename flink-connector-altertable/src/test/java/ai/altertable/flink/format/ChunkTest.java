package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.ChunkFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkTest {

    private static final int BLOCK = BlockPool.BLOCK_SIZE;

    @Test
    void holdsWhatWasWrittenAcrossBlocks() throws IOException {
        byte[] bytes = randomBytes(3 * BLOCK + 17);
        ChunkBuffer buffer = new ChunkBuffer();
        buffer.write(bytes[0]);
        buffer.write(bytes, 1, bytes.length - 1);

        Chunk chunk = buffer.seal(ChunkFormat.PARQUET, 5);

        assertThat(chunk.sizeInBytes()).isEqualTo(bytes.length);
        assertThat(bytesOf(chunk)).isEqualTo(bytes);
        assertThat(bytesOf(chunk)).as("as often as wanted").isEqualTo(bytes);
    }

    @Test
    void keepsARecordInOnePieceWhenItOutgrowsTheBlock() throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        ChunkBuffer buffer = new ChunkBuffer();
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            byte[] record = randomBytes(random.nextInt(i % 50 == 0 ? 3 * BLOCK : BLOCK / 10));
            int end = buffer.mark();
            for (byte b : record) {
                end = buffer.require(end, 1);
                buffer.bytes()[end++] = b;
            }
            buffer.mark(end);
            expected.write(record);
        }

        Chunk chunk = buffer.seal(ChunkFormat.JSONL, 200);

        assertThat(chunk.sizeInBytes()).isEqualTo(expected.size());
        assertThat(bytesOf(chunk)).isEqualTo(expected.toByteArray());
    }

    @Test
    void theNextChunkIsAnother() throws IOException {
        ChunkBuffer buffer = new ChunkBuffer();
        buffer.write(1);
        Chunk first = buffer.seal(ChunkFormat.JSONL, 1);
        buffer.write(2);
        Chunk second = buffer.seal(ChunkFormat.JSONL, 1);

        assertThat(first.uuid()).isNotEqualTo(second.uuid());
        assertThat(bytesOf(first)).containsExactly(1);
        assertThat(bytesOf(second)).containsExactly(2);
    }

    @Test
    void memoryIsOneOpenChunkAndTheSealedOnes() {
        ChunkBuffer buffer = new ChunkBuffer();
        BlockPool pool = buffer.pool();
        Chunk[] sealed = new Chunk[3];
        for (int i = 0; i < 3; i++) {
            buffer.write(randomBytes(4 * BLOCK), 0, 4 * BLOCK);
            sealed[i] = buffer.seal(ChunkFormat.JSONL, 1);
        }
        for (Chunk chunk : sealed) {
            chunk.release();
            chunk.release();
        }

        assertThat(pool.spareBlocks()).as("one chunk of four blocks").isEqualTo(4);
    }

    @Test
    void isUnreadableOnceReleased() {
        Chunk chunk = new ChunkBuffer().seal(ChunkFormat.JSONL, 0);
        chunk.release();

        assertThatThrownBy(() -> chunk.writeTo(OutputStream.nullOutputStream()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void memoryStaysWhileARequestThatWasGivenUpStillReads() throws IOException {
        ChunkBuffer buffer = new ChunkBuffer();
        byte[] bytes = randomBytes(2 * BLOCK);
        buffer.write(bytes, 0, bytes.length);
        Chunk chunk = buffer.seal(ChunkFormat.JSONL, 1);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();

        chunk.writeTo(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new AssertionError("byte by byte");
                    }

                    @Override
                    public void write(byte[] source, int offset, int length) {
                        chunk.release();
                        if (sent.size() == 0) {
                            buffer.write(new byte[BLOCK], 0, BLOCK);
                        }
                        sent.write(source, offset, length);
                    }
                });

        assertThat(sent.toByteArray()).isEqualTo(bytes);
        assertThat(buffer.pool().spareBlocks()).as("given back at last").isPositive();
    }

    @Test
    void showsNoContent() {
        ChunkBuffer buffer = new ChunkBuffer();
        buffer.write("secret".getBytes(US_ASCII), 0, 6);

        assertThat(buffer.seal(ChunkFormat.JSONL, 1).toString())
                .contains("1 rows", "6 bytes")
                .doesNotContain("secret");
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytesOf(Chunk chunk) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        chunk.writeTo(out);
        return out.toByteArray();
    }
}
