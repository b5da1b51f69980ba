package ai.altertable.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitBytesTest {

    private static final int BLOCK = SplitBlocks.BLOCK_SIZE;
    private static final SplitBytes.Watch NOBODY = (bytes, from, to) -> {};

    private final SplitBlocks blocks = new SplitBlocks();

    @TempDir private Path folder;

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** A stream that gives pieces of random sizes, as a network does. */
    private static InputStream inPieces(byte[] bytes) {
        Random random = new Random(1);
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1 + random.nextInt(9_000)));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 3 * BLOCK + 1, 9 * BLOCK + 7})
    void givesBackWhatItTookWhereverItIs(int size) throws IOException {
        byte[] bytes = random(size);
        for (long maxInMemory : new long[] {1, BLOCK, 3 * BLOCK, 100 * BLOCK}) {
            try (SplitBytes kept = new SplitBytes(maxInMemory, folder, blocks)) {
                kept.fill(inPieces(bytes), NOBODY);

                assertThat(kept.size()).isEqualTo(size);
                assertThat(kept.open().readAllBytes()).isEqualTo(bytes);
                assertThat(kept.open().readAllBytes()).isEqualTo(bytes);
                assertThat(kept.drain().readAllBytes()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void showsEachByteOnceAsItComes() throws IOException {
        byte[] bytes = random(5 * BLOCK + 3);
        java.io.ByteArrayOutputStream seen = new java.io.ByteArrayOutputStream();
        try (SplitBytes kept = new SplitBytes(2 * BLOCK, folder, blocks)) {
            kept.fill(inPieces(bytes), (block, from, to) -> seen.write(block, from, to - from));
        }
        assertThat(seen.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void goesToAFileOnlyWhenItIsLargerThanAllowed() throws IOException {
        try (SplitBytes kept = new SplitBytes(3 * BLOCK, folder, blocks)) {
            kept.fill(inPieces(random(3 * BLOCK - 1)), NOBODY);
            assertThat(kept.isSpilled()).isFalse();
        }
        try (SplitBytes kept = new SplitBytes(3 * BLOCK, folder, blocks)) {
            kept.fill(inPieces(random(4 * BLOCK)), NOBODY);
            assertThat(kept.isSpilled()).isTrue();
        }
    }

    @Test
    void leavesNoFileBehind() throws IOException {
        SplitBytes kept = new SplitBytes(BLOCK, folder, blocks);
        InputStream broken =
                new ByteArrayInputStream(random(5 * BLOCK)) {
                    @Override
                    public synchronized int read(byte[] into, int offset, int length) {
                        if (pos > 4 * BLOCK) {
                            throw new IllegalStateException("broken");
                        }
                        return super.read(into, offset, length);
                    }
                };
        assertThatThrownBy(() -> kept.fill(broken, NOBODY)).hasMessage("broken");
        assertThat(kept.isSpilled()).isTrue();
        kept.close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void makesTheFolderForItsFile() throws IOException {
        Path missing = folder.resolve("a").resolve("b");
        try (SplitBytes kept = new SplitBytes(1, missing, blocks)) {
            kept.fill(inPieces(random(3 * BLOCK)), NOBODY);
            assertThat(kept.open().readAllBytes()).hasSize(3 * BLOCK);
        }
        assertThat(missing).isEmptyDirectory();
    }

    @Test
    void usesItsBlocksAgain() throws IOException {
        Set<byte[]> first = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<byte[]> second = Collections.newSetFromMap(new IdentityHashMap<>());
        byte[] bytes = random(5 * BLOCK + 3);
        try (SplitBytes drained = new SplitBytes(100 * BLOCK, folder, blocks)) {
            drained.fill(inPieces(bytes), (block, from, to) -> first.add(block));
            // Half of them come back while it is read, the rest when it is closed.
            assertThat(drained.drain().readNBytes(3 * BLOCK)).hasSize(3 * BLOCK);
        }
        try (SplitBytes another = new SplitBytes(100 * BLOCK, folder, blocks)) {
            another.fill(inPieces(bytes), (block, from, to) -> second.add(block));

            assertThat(another.open().readAllBytes()).isEqualTo(bytes);
        }
        assertThat(second).hasSize(6).isEqualTo(first);
    }
}
