package ai.altertable.local.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
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

    private final Path folder;

    private Spool(Path folder) {
        this.folder = folder;
    }

    /** A new spool below {@code parent}; what killed servers left there is removed. */
    static Spool below(Path parent) throws IOException {
        Files.createDirectories(parent);
        try (Stream<Path> left = Files.list(parent)) {
            left.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .forEach(Spool::delete);
        }
        return new Spool(Files.createDirectory(parent.resolve(PREFIX + UUID.randomUUID())));
    }

    Path folder() {
        return folder;
    }

    Path newFile() {
        return folder.resolve(UUID.randomUUID() + ".upload");
    }

    @Override
    public void close() {
        delete(folder);
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
