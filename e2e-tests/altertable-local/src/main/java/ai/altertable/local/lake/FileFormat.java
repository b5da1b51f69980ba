package ai.altertable.local.lake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats of files that can be loaded. */
public enum FileFormat {
    JSON,
    CSV,
    PARQUET;

    private static final byte[] PARQUET_MAGIC = {'P', 'A', 'R', '1'};
    private static final int SNIFFED_BYTES = 64 * 1024;

    /** The format that a {@code format} parameter names. */
    public static FileFormat ofParameter(String name) throws BadRequest {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "json", "jsonl", "ndjson" -> JSON;
            case "csv" -> CSV;
            case "parquet" -> PARQUET;
            default ->
                    throw new BadRequest(
                            "Unknown format '" + name + "': json, csv and parquet are known");
        };
    }

    /** The format that a media type names; {@code application/octet-stream} names none. */
    public static Optional<FileFormat> ofContentType(String contentType) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "application/json" -> Optional.of(JSON);
            case "text/csv" -> Optional.of(CSV);
            case "application/parquet" -> Optional.of(PARQUET);
            default -> Optional.empty();
        };
    }

    /** What the first bytes of a file look like. */
    public static FileFormat sniff(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(SNIFFED_BYTES);
        }
        if (head.length >= 4 && Arrays.equals(head, 0, 4, PARQUET_MAGIC, 0, 4)) {
            return PARQUET;
        }
        for (byte b : head) {
            if (b > ' ' || b < 0) {
                return b == '{' || b == '[' ? JSON : CSV;
            }
        }
        // Nothing but blanks: as CSV that would be a row of NULLs.
        return JSON;
    }
}
