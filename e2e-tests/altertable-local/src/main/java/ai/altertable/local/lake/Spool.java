package ai.altertable.local.lake;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder where uploads wait until they are loaded. Its name is drawn anew at each start, so
 * that no client can know it and nothing of a killed server is taken for something of this one.
 */
final class Spool implements AutoCloseable {

    private static final String PREFIX = "spool-";
    private static final String LOCK = "spool.lock";

    private final Path folder;
    private final FileChannel lock;

    private Spool(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * A new spool below {@code parent}; what killed servers left there is removed. A folder has one
     * server at a time, or each would remove the uploads of the other.
     */
    static Spool below(Path parent) throws IOException {
        Files.createDirectories(parent);
        FileChannel lock = lock(parent);
        try (Stream<Path> left = Files.list(parent)) {
            left.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .forEach(Spool::delete);
            return new Spool(
                    Files.createDirectory(parent.resolve(PREFIX + UUID.randomUUID())), lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Held until it is closed, or the process has gone. */
    private static FileChannel lock(Path parent) throws IOException {
        FileChannel lock = FileChannel.open(parent.resolve(LOCK), CREATE, WRITE);
        try {
            if (lock.tryLock() != null) {
                return lock;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // The same answer as for one that another process holds.
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        lock.close();
        throw new IllegalArgumentException("--data " + parent + " is in use by another server");
    }

    Path folder() {
        return folder;
    }

    Path newFile() {
        return folder.resolve(UUID.randomUUID() + ".upload");
    }

    @Override
    public void close() {
        try (lock) {
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.deleteIfExists(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path dir, IOException error)
                                throws IOException {
                            Files.deleteIfExists(dir);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
