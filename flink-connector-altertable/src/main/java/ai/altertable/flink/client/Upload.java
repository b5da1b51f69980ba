package ai.altertable.flink.client;

import ai.altertable.flink.TableId;

/**
 * A file and the table that it goes to: one request, one commit, all of it or nothing.
 *
 * @param format the API's word for the format of the file: {@code json}, {@code parquet}
 */
public record Upload(TableId table, UploadMode mode, String format, Payload payload) {

    Purpose purpose() {
        return new Purpose(mode.operation(), table.toString());
    }

    /** Shows no payload. */
    @Override
    public String toString() {
        return purpose().toString();
    }
}
