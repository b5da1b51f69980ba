package ai.altertable.flink.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A payload of a test. */
record Bytes(byte[] bytes) implements Payload {

    private static final int BLOCK = 64 * 1024;

    static Bytes of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON lines {@code {"id": 0}, …}. */
    static Bytes rows(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"id\": ").append(i).append("}\n");
        }
        return of(lines.toString());
    }

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long sizeInBytes() {
        return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        for (int from = 0; from < bytes.length; from += BLOCK) {
            out.write(bytes, from, Math.min(BLOCK, bytes.length - from));
        }
    }
}
