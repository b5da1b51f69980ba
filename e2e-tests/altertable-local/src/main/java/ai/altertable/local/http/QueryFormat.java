package ai.altertable.local.http;

import java.util.Arrays;
import java.util.Optional;

/** The forms of a result. */
enum QueryFormat {
    /** JSON lines: metadata, columns, rows as arrays. */
    DEFAULT("", ""),
    CSV("text/csv;charset=utf-8", "CSV, HEADER"),
    JSONL("application/x-ndjson", "JSON"),
    PARQUET("application/parquet", "PARQUET, COMPRESSION zstd");

    private final String contentType;
    private final String copyOptions;

    QueryFormat(String contentType, String copyOptions) {
        this.contentType = contentType;
        this.copyOptions = copyOptions;
    }

    static QueryFormat of(Optional<String> name) throws ApiException {
        if (name.isEmpty()) {
            return DEFAULT;
        }
        return Arrays.stream(values())
                .filter(format -> format.name().equalsIgnoreCase(name.get()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ApiException(
                                        400,
                                        "Field 'format' must be one of default, csv, jsonl,"
                                                + " parquet"));
    }

    String contentType() {
        return contentType;
    }

    /** What DuckDB's COPY is told. */
    String copyOptions() {
        return copyOptions;
    }
}
