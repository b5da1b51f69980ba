package ai.altertable.flink.sink;

import static ai.altertable.flink.AltertableOptions.CATALOG;
import static ai.altertable.flink.AltertableOptions.SCHEMA;
import static ai.altertable.flink.AltertableOptions.SINK_BUFFER_FLUSH_INTERVAL;
import static ai.altertable.flink.AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS;
import static ai.altertable.flink.AltertableOptions.SINK_BUFFER_FLUSH_MAX_SIZE;
import static ai.altertable.flink.AltertableOptions.SINK_CREATE_TABLE;
import static ai.altertable.flink.AltertableOptions.SINK_CURSOR_FIELD;
import static ai.altertable.flink.AltertableOptions.SINK_DEAD_LETTER_TABLE;
import static ai.altertable.flink.AltertableOptions.SINK_DELETE_COLUMN;
import static ai.altertable.flink.AltertableOptions.SINK_DELETE_MODE;
import static ai.altertable.flink.AltertableOptions.SINK_DELIVERY_GUARANTEE;
import static ai.altertable.flink.AltertableOptions.SINK_FORMAT;
import static ai.altertable.flink.AltertableOptions.SINK_ON_ERROR;
import static ai.altertable.flink.AltertableOptions.SINK_REQUESTS_MAX_INFLIGHT;
import static ai.altertable.flink.AltertableOptions.SINK_RETRY_TIMEOUT;
import static ai.altertable.flink.AltertableOptions.SINK_UPSERT_ENDPOINT;
import static ai.altertable.flink.AltertableOptions.SINK_WRITE_MODE;
import static ai.altertable.flink.AltertableOptions.TABLE;

import ai.altertable.flink.ChunkFormat;
import ai.altertable.flink.Connection;
import ai.altertable.flink.DeleteMode;
import ai.altertable.flink.ErrorMode;
import ai.altertable.flink.TableId;
import ai.altertable.flink.UpsertEndpoint;
import ai.altertable.flink.WriteMode;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** All that a sink is told by options, and by the primary key of its table; valid in itself. */
public record SinkSettings(
        Connection connection,
        TableId table,
        Writing writing,
        Buffering buffering,
        Upserting upserting,
        OnError onError)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * @param mode never {@link WriteMode#AUTO}
     */
    public record Writing(
            WriteMode mode, ChunkFormat format, boolean createTable, Duration retryTimeout)
            implements Serializable {

        private static final long serialVersionUID = 1L;

        public Writing {
            check(!retryTimeout.isNegative(), SINK_RETRY_TIMEOUT, "must not be negative");
        }
    }

    /** When a chunk is sealed, and how many may be on their way. */
    public record Buffering(int maxRows, MemorySize maxSize, Duration interval, int maxInflight)
            implements Serializable {

        private static final long serialVersionUID = 1L;

        public Buffering {
            check(maxRows > 0, SINK_BUFFER_FLUSH_MAX_ROWS, "must be at least 1");
            check(maxSize.getBytes() > 0, SINK_BUFFER_FLUSH_MAX_SIZE, "must be at least one byte");
            check(interval.toMillis() > 0, SINK_BUFFER_FLUSH_INTERVAL, "must be at least 1 ms");
            check(maxInflight > 0, SINK_REQUESTS_MAX_INFLIGHT, "must be at least 1");
        }
    }

    /**
     * @param key the columns of the primary key, as Flink names them
     * @param cursorField empty: the last row to come wins
     * @param deleteColumn empty unless deletes are soft
     */
    public record Upserting(
            List<String> key,
            UpsertEndpoint endpoint,
            String cursorField,
            DeleteMode deleteMode,
            String deleteColumn)
            implements Serializable {

        private static final long serialVersionUID = 1L;

        public Upserting {
            key = List.copyOf(key);
            checkGoTogether(
                    deleteMode == DeleteMode.SOFT,
                    SINK_DELETE_MODE.key() + " = soft",
                    !deleteColumn.isEmpty(),
                    SINK_DELETE_COLUMN);
        }
    }

    /**
     * @param deadLetterTable empty unless refused rows go to a table
     */
    public record OnError(ErrorMode mode, String deadLetterTable) implements Serializable {

        private static final long serialVersionUID = 1L;

        public OnError {
            checkGoTogether(
                    mode == ErrorMode.DEAD_LETTER,
                    SINK_ON_ERROR.key() + " = dead-letter",
                    !deadLetterTable.isEmpty(),
                    SINK_DEAD_LETTER_TABLE);
        }
    }

    public SinkSettings {
        if (writing.mode() == WriteMode.UPSERT) {
            check(
                    !upserting.key().isEmpty(),
                    SINK_WRITE_MODE,
                    "is upsert, but the table is declared without a primary key. Declare PRIMARY"
                            + " KEY (…) NOT ENFORCED, or, with the builder, primaryKey(…)");
        } else {
            check(
                    upserting.cursorField().isEmpty(),
                    SINK_CURSOR_FIELD,
                    "is for upserts: it needs a primary key and no sink.write-mode = append");
            check(
                    upserting.deleteMode() != DeleteMode.SOFT,
                    SINK_DELETE_MODE,
                    "is for upserts: it needs a primary key and no sink.write-mode = append");
        }
    }

    /**
     * @param primaryKey its columns; empty when there is none
     */
    public static SinkSettings from(ReadableConfig config, List<String> primaryKey) {
        checkGuarantee(config.get(SINK_DELIVERY_GUARANTEE));
        WriteMode asked = config.get(SINK_WRITE_MODE);
        WriteMode byKey = primaryKey.isEmpty() ? WriteMode.APPEND : WriteMode.UPSERT;
        return new SinkSettings(
                Connection.from(config),
                new TableId(config.get(CATALOG), config.get(SCHEMA), config.get(TABLE)),
                new Writing(
                        asked == WriteMode.AUTO ? byKey : asked,
                        config.get(SINK_FORMAT),
                        config.get(SINK_CREATE_TABLE),
                        config.get(SINK_RETRY_TIMEOUT)),
                new Buffering(
                        config.get(SINK_BUFFER_FLUSH_MAX_ROWS),
                        config.get(SINK_BUFFER_FLUSH_MAX_SIZE),
                        config.get(SINK_BUFFER_FLUSH_INTERVAL),
                        config.get(SINK_REQUESTS_MAX_INFLIGHT)),
                new Upserting(
                        primaryKey,
                        config.get(SINK_UPSERT_ENDPOINT),
                        optional(config, SINK_CURSOR_FIELD),
                        config.get(SINK_DELETE_MODE),
                        optional(config, SINK_DELETE_COLUMN)),
                new OnError(config.get(SINK_ON_ERROR), optional(config, SINK_DEAD_LETTER_TABLE)));
    }

    public boolean upserts() {
        return writing.mode() == WriteMode.UPSERT;
    }

    private static String optional(ReadableConfig config, ConfigOption<String> option) {
        return Optional.ofNullable(config.get(option)).map(String::strip).orElse("");
    }

    private static void checkGuarantee(DeliveryGuarantee guarantee) {
        check(
                guarantee == DeliveryGuarantee.AT_LEAST_ONCE,
                SINK_DELIVERY_GUARANTEE,
                "cannot be '" + guarantee + "' yet; it can be 'at-least-once'");
    }

    private static void checkGoTogether(
            boolean one, String oneName, boolean other, ConfigOption<?> otherOption) {
        if (one != other) {
            throw new IllegalArgumentException(
                    "Option '"
                            + otherOption.key()
                            + "' goes with "
                            + oneName
                            + ": set both or none of them");
        }
    }

    private static void check(boolean holds, ConfigOption<?> option, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("Option '" + option.key() + "' " + otherwise);
        }
    }
}
