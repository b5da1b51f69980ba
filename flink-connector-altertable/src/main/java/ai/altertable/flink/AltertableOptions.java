package ai.altertable.flink;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** The only place of an option's key, default and description. */
public final class AltertableOptions {

    public static final ConfigOption<String> URL =
            ConfigOptions.key("url")
                    .stringType()
                    .defaultValue("https://api.altertable.ai")
                    .withDescription("The base URL of the HTTP API.");

    public static final ConfigOption<String> CATALOG =
            ConfigOptions.key("catalog")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The catalog that the table is in.");

    public static final ConfigOption<String> SCHEMA =
            ConfigOptions.key("schema")
                    .stringType()
                    .defaultValue("main")
                    .withDescription("The schema that the table is in.");

    public static final ConfigOption<String> TABLE =
            ConfigOptions.key("table")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The name of the table in Altertable.");

    public static final ConfigOption<String> USERNAME =
            ConfigOptions.key("username")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The user; goes with a password, instead of a token.");

    public static final ConfigOption<String> PASSWORD =
            ConfigOptions.key("password")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The password of the user.");

    public static final ConfigOption<String> TOKEN =
            ConfigOptions.key("token")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The Base64 of 'username:password', instead of username and password.");

    public static final ConfigOption<Credentials.Scheme> AUTH_SCHEME =
            ConfigOptions.key("auth.scheme")
                    .enumType(Credentials.Scheme.class)
                    .defaultValue(Credentials.Scheme.BASIC)
                    .withDescription("The scheme of the Authorization header.");

    public static final ConfigOption<Duration> CONNECTION_TIMEOUT =
            ConfigOptions.key("connection.timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How long it may take until a request has a connection: finding the"
                                    + " address, connecting, the way through a proxy, TLS.");

    public static final ConfigOption<Duration> REQUEST_TIMEOUT =
            ConfigOptions.key("request.timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription(
                            "How long one attempt of an upload may take as a whole. A query may"
                                    + " take so long until its answer begins, and its result may be"
                                    + " silent so long, but it may go on for as long as it has"
                                    + " rows.");

    public static final ConfigOption<String> COMPUTE_SIZE =
            ConfigOptions.key("compute-size")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The size of the compute that runs queries, such as XS; the server"
                                    + " chooses where it is not set.");

    public static final ConfigOption<String> SSL_CA_CERTIFICATE =
            ConfigOptions.key("ssl.ca-certificate")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A PEM file, present on every machine of the cluster, with the"
                                    + " certificates of the authorities to trust instead of the"
                                    + " JVM's.");

    public static final ConfigOption<WriteMode> SINK_WRITE_MODE =
            ConfigOptions.key("sink.write-mode")
                    .enumType(WriteMode.class)
                    .defaultValue(WriteMode.AUTO)
                    .withDescription(
                            "Whether rows are added, or replace the rows with their key. By"
                                + " default, upsert when the table is declared with a primary key,"
                                + " append otherwise.");

    public static final ConfigOption<DeliveryGuarantee> SINK_DELIVERY_GUARANTEE =
            ConfigOptions.key("sink.delivery-guarantee")
                    .enumType(DeliveryGuarantee.class)
                    .defaultValue(DeliveryGuarantee.AT_LEAST_ONCE)
                    .withDescription(
                            "What is promised about each row. Exactly-once commits by checkpoints;"
                                    + " 'none' is refused.");

    public static final ConfigOption<ChunkFormat> SINK_FORMAT =
            ConfigOptions.key("sink.format")
                    .enumType(ChunkFormat.class)
                    .defaultValue(ChunkFormat.PARQUET)
                    .withDescription(
                            "The file format in which rows are uploaded. Parquet is exact for every"
                                + " type and small; JSONL is for servers that want it and refuses"
                                + " columns that it would corrupt.");

    public static final ConfigOption<UpsertEndpoint> SINK_UPSERT_ENDPOINT =
            ConfigOptions.key("sink.upsert-endpoint")
                    .enumType(UpsertEndpoint.class)
                    .defaultValue(UpsertEndpoint.AUTO)
                    .withDescription(
                            "The endpoint that takes upserts: /upsert, /upload of the first"
                                    + " generation, or whichever the server has.");

    public static final ConfigOption<Integer> SINK_BUFFER_FLUSH_MAX_ROWS =
            ConfigOptions.key("sink.buffer-flush.max-rows")
                    .intType()
                    .defaultValue(500_000)
                    .withFallbackKeys("sink.batch.max-size")
                    .withDescription("How many rows a chunk, which is one upload, holds at most.");

    public static final ConfigOption<MemorySize> SINK_BUFFER_FLUSH_MAX_SIZE =
            ConfigOptions.key("sink.buffer-flush.max-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withFallbackKeys("sink.flush-buffer.size")
                    .withDescription(
                            "How large a chunk grows, as it is uploaded. A subtask holds one open"
                                    + " chunk and those in flight.");

    public static final ConfigOption<Duration> SINK_BUFFER_FLUSH_INTERVAL =
            ConfigOptions.key("sink.buffer-flush.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withFallbackKeys("sink.flush-buffer.timeout")
                    .withDescription(
                            "How old the first row of a chunk becomes before the chunk is uploaded,"
                                + " full or not. Checkpoints upload everything in any case; with"
                                + " exactly-once, only they do.");

    public static final ConfigOption<Integer> SINK_REQUESTS_MAX_INFLIGHT =
            ConfigOptions.key("sink.requests.max-inflight")
                    .intType()
                    .defaultValue(2)
                    .withDescription(
                            "How many chunks of a subtask are uploaded at once when appending."
                                    + " Upserts go one after the other.");

    public static final ConfigOption<Duration> SINK_RETRY_TIMEOUT =
            ConfigOptions.key("sink.retry.timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How long a request that fails for a while is tried again before the"
                                    + " job fails.");

    public static final ConfigOption<String> SINK_CURSOR_FIELD =
            ConfigOptions.key("sink.cursor-field")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A column, such as a version or a time, by which the newest row of a"
                                    + " key wins in upsert mode, also against the row in the table."
                                    + " Without it, the last one to come wins.");

    public static final ConfigOption<DeleteMode> SINK_DELETE_MODE =
            ConfigOptions.key("sink.delete-mode")
                    .enumType(DeleteMode.class)
                    .defaultValue(DeleteMode.HARD)
                    .withDescription(
                            "What a DELETE of the changelog does in upsert mode: delete the row,"
                                + " mark it as deleted in sink.delete-column, nothing, or fail the"
                                + " job.");

    public static final ConfigOption<String> SINK_DELETE_COLUMN =
            ConfigOptions.key("sink.delete-column")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The BOOLEAN column of the table that says whether a row is deleted,"
                                    + " for sink.delete-mode = soft. It is not declared in Flink.");

    public static final ConfigOption<Boolean> SINK_CREATE_TABLE =
            ConfigOptions.key("sink.create-table")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether to create the table, with the declared columns, if it is"
                                    + " missing.");

    public static final ConfigOption<ErrorMode> SINK_ON_ERROR =
            ConfigOptions.key("sink.on-error")
                    .enumType(ErrorMode.class)
                    .defaultValue(ErrorMode.FAIL)
                    .withDescription(
                            "What becomes of a row that the server refuses: the job fails, the row"
                                + " is dropped and counted, or it goes to sink.dead-letter-table.");

    public static final ConfigOption<String> SINK_DEAD_LETTER_TABLE =
            ConfigOptions.key("sink.dead-letter-table")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The table in the same catalog and schema that takes refused rows, for"
                                + " sink.on-error = dead-letter. It is created if it is missing.");

    public static final ConfigOption<String> SINK_STAGING_SCHEMA =
            ConfigOptions.key("sink.staging-schema")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where exactly-once stages rows, in the catalog of the table; by"
                                    + " default its schema.");

    public static final ConfigOption<Duration> SINK_STAGING_TTL =
            ConfigOptions.key("sink.staging-ttl")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "When staged rows of no commit are dropped: an hour at least, later"
                                    + " than any savepoint; by default never.");

    public static final ConfigOption<Duration> SINK_COMMIT_TIMEOUT =
            ConfigOptions.key("sink.commit.timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription("How long exactly-once tries to commit before it fails.");

    public static final ConfigOption<String> SCAN_QUERY =
            ConfigOptions.key("scan.query")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A SELECT in DuckDB's SQL to read instead of a table; every name in it"
                                    + " is full, with catalog and schema.");

    public static final ConfigOption<String> SCAN_PARTITION_COLUMN =
            ConfigOptions.key("scan.partition.column")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The column by whose values the table is split for parallel readers:"
                                    + " any with an order, such as a number, a time or a text.");

    public static final ConfigOption<Integer> SCAN_PARTITION_NUM =
            ConfigOptions.key("scan.partition.num")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Into how many splits; by default as many as scan.split.max-size asks"
                                    + " for.");

    public static final ConfigOption<MemorySize> SCAN_SPLIT_MAX_SIZE =
            ConfigOptions.key("scan.split.max-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "How large a split may be, as read. Readers hold a split in memory as a"
                                    + " whole, and the next one while they emit it.");

    public static final ConfigOption<String> SCAN_SNAPSHOT =
            ConfigOptions.key("scan.snapshot")
                    .stringType()
                    .defaultValue("auto")
                    .withDescription(
                            "Which snapshot all splits read: 'auto' is the newest one when the job"
                                + " starts, if the server has snapshots; 'off' is none; a number is"
                                + " that version.");

    public static final ConfigOption<ScanTransport> SCAN_TRANSPORT =
            ConfigOptions.key("scan.transport")
                    .enumType(ScanTransport.class)
                    .defaultValue(ScanTransport.HTTP)
                    .withDescription("How rows are read; 'flight-sql' is refused as yet.");

    public static final ConfigOption<FilterHandling> FILTER_HANDLING_POLICY =
            ConfigOptions.key("filter.handling.policy")
                    .enumType(FilterHandling.class)
                    .defaultValue(FilterHandling.ALWAYS)
                    .withDescription(
                            "Whether filters that mean the same in DuckDB are evaluated by the"
                                    + " lakehouse.");

    private AltertableOptions() {}
}
