package ai.altertable.flink.client;

import static ai.altertable.flink.client.TestClients.ORDERS;
import static ai.altertable.flink.client.TestClients.append;
import static ai.altertable.flink.client.TestClients.await;
import static ai.altertable.flink.client.TestClients.failureOf;
import static ai.altertable.flink.client.TestClients.get;
import static ai.altertable.flink.client.TestClients.open;
import static ai.altertable.flink.client.TestClients.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.altertable.flink.Connection;
import ai.altertable.local.AltertableLocal;
import ai.altertable.local.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsITCase {

    private static final String PASSWORD = "changeit";

    @TempDir static Path folder;

    private static Path certificate;
    private static AltertableLocal lakehouse;

    private final Counts counts = new Counts();

    @BeforeAll
    static void start() throws Exception {
        certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        makeCertificate("lake", key, certificate);
        lakehouse = AltertableLocal.builder().tls(key, certificate).start();
        lakehouse.execute("CREATE TABLE lake.main.orders (id BIGINT)");
    }

    @AfterAll
    static void stop() {
        lakehouse.close();
    }

    @BeforeEach
    void begin() {
        lakehouse.execute("DELETE FROM lake.main.orders");
    }

    /** By the JDK's own tool: a certificate for this machine, signed by itself. */
    private static void makeCertificate(String name, Path key, Path certificate) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                name,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=dns:localhost,ip:127.0.0.1",
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue())
                .as(() -> new String(readAll(keytool), StandardCharsets.UTF_8))
                .isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        writePem(key, "PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
        writePem(certificate, "CERTIFICATE", keys.getCertificate(name).getEncoded());
    }

    private static byte[] readAll(Process process) {
        try {
            return process.getInputStream().readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static void writePem(Path file, String what, byte[] der) throws Exception {
        Files.writeString(
                file,
                "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                        .formatted(what, Base64.getMimeEncoder().encodeToString(der), what));
    }

    private static Connection trusting(String caCertificate) {
        Connection plain = to(lakehouse);
        return new Connection(
                URI.create("https://localhost:" + lakehouse.url().getPort()),
                plain.credentials(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                "",
                caCertificate);
    }

    @Test
    void trustsTheAuthorityOfTheOptionAndLeavesNoReaderOfHttp2Behind() throws Exception {
        try (AltertableClient client =
                open(trusting(certificate.toString()), RetryPolicy.NEVER, counts)) {
            get(client.upload(append(Bytes.rows(1000))));
        }
        assertThat(lakehouse.rows("SELECT count(*) FROM lake.main.orders").toString())
                .isEqualTo("[[1000]]");
        await(
                "the connection's reader has ended",
                () ->
                        Thread.getAllStackTraces().keySet().stream()
                                .noneMatch(t -> t.getName().startsWith("OkHttp localhost")));
    }

    @Test
    void trustsAnyAuthorityOfAFileOfSeveral() throws Exception {
        Path other = folder.resolve("other.pem");
        makeCertificate("other", folder.resolve("other-key.pem"), other);
        Path both =
                Files.writeString(
                        folder.resolve("both.pem"),
                        "# ours\n" + Files.readString(other) + Files.readString(certificate));

        try (AltertableClient client = open(trusting(both.toString()), RetryPolicy.NEVER, counts);
                AltertableClient astray =
                        open(trusting(other.toString()), RetryPolicy.NEVER, counts)) {
            get(client.upload(append(Bytes.rows(1))));
            assertThat(failureOf(astray.upload(append(Bytes.rows(1)))).outcome())
                    .isEqualTo(Outcome.UNREACHABLE);
        }
    }

    @Test
    void doesNotTrustTheServerWithoutTheOption() {
        try (AltertableClient client = open(trusting(""), RetryPolicy.NEVER, counts)) {
            AltertableException e = failureOf(client.upload(append(Bytes.rows(1))));

            assertThat(e.outcome()).isEqualTo(Outcome.UNREACHABLE);
            assertThat(e).hasMessageContaining("'ssl.ca-certificate'");
        }
    }

    @Test
    void trustsInsteadOfTheJvmsAuthoritiesAndNotBesideThem() {
        TrustedAuthorities authorities = TrustedAuthorities.in(certificate.toString());

        assertThat(authorities.trustManager().getAcceptedIssuers())
                .singleElement()
                .satisfies(
                        issuer ->
                                assertThat(issuer.getSubjectX500Principal().getName())
                                        .isEqualTo("CN=lake"));
    }

    @Test
    void refusesAFileWithoutACertificateByTheNameOfTheOption() throws Exception {
        for (String file :
                List.of(
                        folder.resolve("missing.pem").toString(),
                        Files.writeString(folder.resolve("empty.pem"), "").toString(),
                        Files.writeString(folder.resolve("text.pem"), "hello").toString(),
                        folder.resolve("key.pem").toString())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> open(trusting(file), RetryPolicy.NEVER, counts))
                    .withMessageContainingAll("'ssl.ca-certificate'", file);
        }
        await("nothing is left open", () -> Transport.inUse() == 0);
    }

    @Test
    void speaksHttp2WhereTheServerDoes() {
        Transport transport = Transport.acquire(trusting(certificate.toString()));
        try {
            Attempt<Protocol> attempt =
                    new Attempt<>(
                            (answer, call) -> new Attempted.Done<>(answer.response().protocol()),
                            new Attempt.Limits(Duration.ofSeconds(10), Duration.ofSeconds(10)),
                            transport.scheduler(),
                            transport.connection().credentials(),
                            counts);
            Requests requests = new Requests(transport.connection());
            Attempted<Protocol> attempted =
                    get(
                            attempt.start(
                                    transport.newCall(
                                            requests.upload(append(Bytes.rows(1))), attempt)));

            assertThat(attempted).isEqualTo(new Attempted.Done<>(Protocol.HTTP_2));
        } finally {
            transport.release();
        }
    }

    @Test
    void keepsConnectionsOfServersWithoutHttp2AndNoticesClosedOnes() throws Exception {
        KeyStore keys =
                KeyStore.getInstance(folder.resolve("lake.p12").toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        CountDownLatch closed = new CountDownLatch(1);
        try (ScriptedServer server =
                ScriptedServer.on(
                        context.getServerSocketFactory()
                                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                        c -> {
                            for (int i = 0; i < 10; i++) {
                                c.request();
                                c.answer(200, "", "{\"ok\": true}");
                            }
                            c.socket().close();
                            closed.countDown();
                        })) {
            Connection lake = trusting(certificate.toString());
            Connection connection =
                    new Connection(
                            URI.create("https://localhost:" + server.port()),
                            lake.credentials(),
                            lake.connectionTimeout(),
                            lake.requestTimeout(),
                            "",
                            lake.caCertificate());
            try (AltertableClient client = open(connection, TestClients.QUICK, counts)) {
                for (int i = 0; i < 10; i++) {
                    get(client.upload(append(Bytes.rows(1000))));
                }
                assertThat(server.connections()).isEqualTo(1);
                assertThat(counts.retries).isEmpty();

                closed.await();
                get(client.upload(append(Bytes.rows(1000))));
                assertThat(server.connections()).isEqualTo(2);
                assertThat(counts.ambiguousRetries).hasValue(0);
            }
        }
    }

    @Test
    void sendsAndRetriesManyOverHttp2() {
        lakehouse.faults().add(Fault.status(503).times(5));
        try (AltertableClient client =
                open(trusting(certificate.toString()), TestClients.QUICK, counts)) {
            Bytes bytes = Bytes.rows(20_000);
            List<CompletableFuture<Void>> all =
                    IntStream.range(0, 50)
                            .mapToObj(
                                    i ->
                                            client.upload(
                                                    new Upload(
                                                            ORDERS,
                                                            UploadMode.APPEND,
                                                            "json",
                                                            bytes)))
                            .toList();
            all.forEach(TestClients::get);
        }
        assertThat(lakehouse.rows("SELECT count(*) FROM lake.main.orders").toString())
                .isEqualTo("[[1000000]]");
        assertThat(counts.retries).hasSize(5).containsOnly(Outcome.NOT_NOW);
    }

    @Test
    void streamsOverHttp2AndNoticesACut() throws Exception {
        try (AltertableClient client =
                open(trusting(certificate.toString()), RetryPolicy.NEVER, counts)) {
            Query query = Query.reading("range", "SELECT * FROM range(100000)");
            try (QueryStream stream = get(client.query(query))) {
                assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines())
                        .hasSize(100_002);
            }
            lakehouse.faults().add(Fault.cutResult(10_000));
            try (QueryStream stream = get(client.query(query))) {
                assertThatThrownBy(stream::readAllBytes).isInstanceOf(AltertableException.class);
            }
        }
    }
}
