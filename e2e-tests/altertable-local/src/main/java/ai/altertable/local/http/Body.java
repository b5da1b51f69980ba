package ai.altertable.local.http;

import ai.altertable.local.Arrival;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A body that has arrived: in memory where it is a small document, in a file where it is a file.
 */
final class Body implements AutoCloseable {

    static final Body EMPTY = new Body(new byte[0], Optional.empty(), 0, "");

    private static final int MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;

    private final byte[] document;
    private final Optional<Path> file;
    private final long size;
    private final String sha256;

    private Body(byte[] document, Optional<Path> file, long size, String sha256) {
        this.document = document;
        this.file = file;
        this.size = size;
        this.sha256 = sha256;
    }

    static Body document(InputStream in, long limit) throws IOException, ApiException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        MessageDigest digest = sha256();
        long size = copy(in, bytes, digest, Math.min(limit, MAX_DOCUMENT_BYTES));
        return new Body(
                bytes.toByteArray(),
                Optional.empty(),
                size,
                HexFormat.of().formatHex(digest.digest()));
    }

    /** Streams a body into a file, which is removed when the body is closed. */
    static Body file(InputStream in, Path target, long limit) throws IOException, ApiException {
        MessageDigest digest = sha256();
        try {
            long size;
            try (OutputStream out = Files.newOutputStream(target)) {
                size = copy(in, out, digest, limit);
            }
            return new Body(
                    new byte[0],
                    Optional.of(target),
                    size,
                    HexFormat.of().formatHex(digest.digest()));
        } catch (IOException | ApiException | RuntimeException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }

    private static long copy(InputStream in, OutputStream out, MessageDigest digest, long limit)
            throws IOException, ApiException {
        DigestOutputStream counted = new DigestOutputStream(out, digest);
        byte[] block = new byte[64 * 1024];
        long size = 0;
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            size += read;
            if (size > limit) {
                throw new ApiException(413, "The body is larger than " + limit + " bytes");
            }
            counted.write(block, 0, read);
        }
        return size;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    byte[] bytes() {
        return document;
    }

    Path path() {
        return file.orElseThrow();
    }

    long size() {
        return size;
    }

    Arrival.Body arrival(String statement) {
        return new Arrival.Body(size, sha256, statement);
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }
}
