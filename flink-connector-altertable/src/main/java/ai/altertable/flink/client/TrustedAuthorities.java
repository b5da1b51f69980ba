package ai.altertable.flink.client;

import ai.altertable.flink.AltertableOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The authorities of a PEM file, trusted <em>instead of</em> the JVM's: whoever names an authority
 * means this one, and not also the hundred and fifty others, as with {@code curl --cacert}. A file
 * may hold several certificates, so whoever wants both puts both into it.
 */
record TrustedAuthorities(SSLSocketFactory sockets, X509TrustManager trustManager) {

    static TrustedAuthorities in(String pemFile) {
        try (InputStream pem = Files.newInputStream(Path.of(pemFile))) {
            X509TrustManager trustManager =
                    trustManager(CertificateFactory.getInstance("X.509").generateCertificates(pem));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trustManager}, null);
            return new TrustedAuthorities(context.getSocketFactory(), trustManager);
        } catch (IOException | GeneralSecurityException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "Option '"
                            + AltertableOptions.SSL_CA_CERTIFICATE.key()
                            + "': no certificates in PEM can be read from "
                            + pemFile
                            + " on this machine",
                    e);
        }
    }

    private static X509TrustManager trustManager(Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        if (certificates.isEmpty()) {
            throw new IOException("the file holds no certificate");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("the JVM has no trust manager for X.509");
    }
}
