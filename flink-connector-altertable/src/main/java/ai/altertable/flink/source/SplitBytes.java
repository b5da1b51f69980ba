package ai.altertable.flink.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a split's statement, kept as it came: in blocks of memory up to a size, beyond that
 * as a whole in a local file. Filled by one thread, then read by another.
 *
 * <p>The file has no name any more when its first byte is written (where the system can do that; it
 * is deleted at the latest when it is closed), so nothing is left behind by whatever end the
 * process takes.
 */
final class SplitBytes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SplitBytes.class);

    private static final int BLOCK_SIZE = SplitBlocks.BLOCK_SIZE;

    private final long maxInMemory;
    private final Path spillFolder;
    private final SplitBlocks pool;
    private final List<byte[]> blocks = new ArrayList<>();
    private FileChannel file;

    /** How much of the last block is used. */
    private int used = BLOCK_SIZE;

    private long size;

    SplitBytes(long maxInMemory, Path spillFolder, SplitBlocks pool) {
        this.maxInMemory = maxInMemory;
        this.spillFolder = spillFolder;
        this.pool = pool;
    }

    /** Looks at the bytes as they come in. */
    interface Watch {
        void saw(byte[] bytes, int from, int to);
    }

    /** Takes all that the stream has. */
    void fill(InputStream in, Watch watch) throws IOException {
        while (true) {
            byte[] block = blockWithRoom();
            int count = in.read(block, used, BLOCK_SIZE - used);
            if (count < 0) {
                break;
            }
            watch.saw(block, used, used + count);
            used += count;
            size += count;
        }
        if (file != null) {
            writeBlocks();
            giveBackFrom(0);
        }
    }

    private void giveBackFrom(int first) {
        List<byte[]> rest = blocks.subList(first, blocks.size());
        for (byte[] block : rest) {
            // What is drained came back already.
            if (block != null) {
                pool.giveBack(block);
            }
        }
        rest.clear();
    }

    private byte[] blockWithRoom() throws IOException {
        if (used == BLOCK_SIZE) {
            if (file == null && size + BLOCK_SIZE > maxInMemory) {
                file = openFile();
            }
            if (file != null && !blocks.isEmpty()) {
                writeBlocks();
                // One block is left to be filled again and again.
                giveBackFrom(1);
            } else {
                blocks.add(pool.take());
            }
            used = 0;
        }
        return blocks.get(blocks.size() - 1);
    }

    private FileChannel openFile() throws IOException {
        Files.createDirectories(spillFolder);
        return FileChannel.open(
                spillFolder.resolve("altertable-split-" + UUID.randomUUID()),
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE));
    }

    private void writeBlocks() throws IOException {
        for (int i = 0; i < blocks.size(); i++) {
            int length = i + 1 < blocks.size() ? BLOCK_SIZE : used;
            ByteBuffer buffer = ByteBuffer.wrap(blocks.get(i), 0, length);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        }
    }

    long size() {
        return size;
    }

    boolean isSpilled() {
        return file != null;
    }

    /** The bytes from the first on. */
    InputStream open() throws IOException {
        return open(false);
    }

    /** The same for the last time: memory becomes free as it is read. */
    InputStream drain() throws IOException {
        return open(true);
    }

    private InputStream open(boolean forTheLastTime) throws IOException {
        if (file == null) {
            return new BlockStream(forTheLastTime);
        }
        file.position(0);
        return Channels.newInputStream(file);
    }

    @Override
    public void close() {
        giveBackFrom(0);
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.debug("A file that nobody needs any more cannot be closed", e);
            }
        }
    }

    private final class BlockStream extends InputStream {

        private final boolean freeing;
        private int block;
        private int at;

        private BlockStream(boolean freeing) {
            this.freeing = freeing;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            while (block < blocks.size() && at == lengthOf(block)) {
                if (freeing) {
                    pool.giveBack(blocks.set(block, null));
                }
                block++;
                at = 0;
            }
            if (block == blocks.size()) {
                return -1;
            }
            int count = Math.min(length, lengthOf(block) - at);
            System.arraycopy(blocks.get(block), at, target, offset, count);
            at += count;
            return count;
        }

        private int lengthOf(int index) {
            return index + 1 < blocks.size() ? BLOCK_SIZE : used;
        }
    }
}
