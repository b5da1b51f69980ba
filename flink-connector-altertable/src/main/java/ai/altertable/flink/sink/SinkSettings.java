package ai.altertable.flink.sink;

import static ai.altertable.flink.AltertableOptions.CATALOG;
import static ai.altertable.flink.AltertableOptions.SCHEMA;
import static ai.altertable.flink.AltertableOptions.SINK_BUFFER_FLUSH_INTERVAL;
import static ai.altertable.flink.AltertableOptions.SINK_BUFFER_FLUSH_MAX_ROWS;
import static ai.altertable.flink.AltertableOptions.SINK_BUFFER_FLUSH_MAX_SIZE;
import static ai.altertable.flink.AltertableOptions.SINK_COMMIT_TIMEOUT;
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
import static ai.altertable.flink.AltertableOptions.SINK_STAGING_SCHEMA;
import static ai.altertable.flink.AltertableOptions.SINK_STAGING_TTL;
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
        OnError onError,
        Committing committing)
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

        private static final Duration FOR_EVER = Duration.ofDays(36_500);

        public Buffering {
            check(maxRows > 0, SINK_BUFFER_FLUSH_MAX_ROWS, "must be at least 1");
            check(maxSize.getBytes() > 0, SINK_BUFFER_FLUSH_MAX_SIZE, "must be at least one byte");
            check(interval.toMillis() > 0, SINK_BUFFER_FLUSH_INTERVAL, "must be at least 1 ms");
            check(maxInflight > 0, SINK_REQUESTS_MAX_INFLIGHT, "must be at least 1");
        }

        /** The same, but age is no reason to seal: nobody would see the rows earlier. */
        Buffering untilCheckpoint() {
            return new Buffering(maxRows, maxSize, FOR_EVER, maxInflight);
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

    /**
     * What becomes of a checkpoint.
     *
     * @param stagingSchema the table's own where the option is not set
     * @param stagingTtl zero: never
     */
    public record Committing(
            DeliveryGuarantee guarantee,
            String stagingSchema,
            Duration stagingTtl,
            Duration timeout)
            implements Serializable {

        private static final long serialVersionUID = 1L;

        private static final Duration SHORTEST_TTL = Duration.ofHours(1);

        public Committing {
            check(
                    guarantee != DeliveryGuarantee.NONE,
                    SINK_DELIVERY_GUARANTEE,
                    "cannot be 'none'; it can be 'at-least-once' or 'exactly-once'");
            check(!timeout.isNegative(), SINK_COMMIT_TIMEOUT, "must not be negative");
            check(
                    stagingTtl.isZero() || stagingTtl.compareTo(SHORTEST_TTL) >= 0,
                    SINK_STAGING_TTL,
                    "must be at least an hour: what is dropped too early cannot be committed");
        }
    }

    public SinkSettings {
        if (committing.guarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
            check(
                    writing.format() == ChunkFormat.PARQUET,
                    SINK_FORMAT,
                    "must be 'parquet' with exactly-once: staged rows have no other types than"
                            + " those of their file");
            check(
                    onError.mode() == ErrorMode.FAIL,
                    SINK_ON_ERROR,
                    "must be 'fail' with exactly-once: what is given up is not there once");
        }
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
                new OnError(config.get(SINK_ON_ERROR), optional(config, SINK_DEAD_LETTER_TABLE)),
                committing(config));
    }

    private static Committing committing(ReadableConfig config) {
        DeliveryGuarantee guarantee = config.get(SINK_DELIVERY_GUARANTEE);
        for (ConfigOption<?> option : List.of(SINK_STAGING_SCHEMA, SINK_STAGING_TTL)) {
            check(
                    guarantee == DeliveryGuarantee.EXACTLY_ONCE
                            || config.getOptional(option).isEmpty(),
                    option,
                    "is for sink.delivery-guarantee = exactly-once");
        }
        String stagingSchema = optional(config, SINK_STAGING_SCHEMA);
        return new Committing(
                guarantee,
                stagingSchema.isEmpty() ? config.get(SCHEMA) : stagingSchema,
                config.getOptional(SINK_STAGING_TTL).orElse(Duration.ZERO),
                config.get(SINK_COMMIT_TIMEOUT));
    }

    public boolean isExactlyOnce() {
        return committing.guarantee() == DeliveryGuarantee.EXACTLY_ONCE;
    }

    public boolean upserts() {
        return writing.mode() == WriteMode.UPSERT;
    }

    private static String optional(ReadableConfig config, ConfigOption<String> option) {
        return Optional.ofNullable(config.get(option)).map(String::strip).orElse("");
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
