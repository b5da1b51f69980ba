package ai.altertable.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsITCase {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir Path folder;

    private KeyStore makeCertificate() throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost,ip:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                new String(PASSWORD))
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        Key key = keys.getKey("server", PASSWORD);
        writePem("key.pem", "PRIVATE KEY", key.getEncoded());
        writePem("cert.pem", "CERTIFICATE", keys.getCertificate("server").getEncoded());
        return keys;
    }

    private void writePem(String name, String type, byte[] der) throws Exception {
        Files.writeString(
                folder.resolve(name),
                "-----BEGIN "
                        + type
                        + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END "
                        + type
                        + "-----\n");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void servesBothVersionsOfHttp(Version version) throws Exception {
        KeyStore keys = makeCertificate();
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext ssl = SSLContext.getInstance("TLS");
        ssl.init(null, trust.getTrustManagers(), null);
        try (AltertableLocal lakehouse =
                AltertableLocal.builder()
                        .tls(folder.resolve("key.pem"), folder.resolve("cert.pem"))
                        .start()) {
            assertThat(lakehouse.url().getScheme()).isEqualTo("https");
            Http http = Http.of(lakehouse);
            HttpClient client = HttpClient.newBuilder().sslContext(ssl).version(version).build();
            HttpResponse<String> answer =
                    client.send(
                            http.request("/query")
                                    .POST(
                                            BodyPublishers.ofString(
                                                    "{\"statement\":\"SELECT i FROM range(100000)"
                                                            + " t(i)\"}"))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.body().lines()).hasSize(100_002);
            URI plain = URI.create(lakehouse.url().toString().replace("https", "http"));
            assertThatThrownBy(() -> new Http(plain, "a", "b").query("SELECT 1"))
                    .isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void namesTheFlagOfAFileThatDoesNotFit() throws Exception {
        makeCertificate();
        Path key = folder.resolve("key.pem");
        Path certificate = folder.resolve("cert.pem");
        Path missing = folder.resolve("missing.pem");

        assertThatThrownBy(() -> AltertableLocal.builder().tls(missing, certificate).start())
                .hasMessageContaining("--tls-key");
        assertThatThrownBy(() -> AltertableLocal.builder().tls(certificate, certificate).start())
                .hasMessageContaining("--tls-key");
        assertThatThrownBy(() -> AltertableLocal.builder().tls(key, missing).start())
                .hasMessageContaining("--tls-cert");
    }
}
