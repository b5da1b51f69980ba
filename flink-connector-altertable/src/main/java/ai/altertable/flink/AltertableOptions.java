package ai.altertable.flink;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

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

    public static final ConfigOption<UpsertEndpoint> SINK_UPSERT_ENDPOINT =
            ConfigOptions.key("sink.upsert-endpoint")
                    .enumType(UpsertEndpoint.class)
                    .defaultValue(UpsertEndpoint.AUTO)
                    .withDescription(
                            "The endpoint that takes upserts: /upsert, /upload of the first"
                                    + " generation, or whichever the server has.");

    private AltertableOptions() {}
}
