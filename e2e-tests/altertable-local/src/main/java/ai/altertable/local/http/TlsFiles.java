package ai.altertable.local.http;

import ai.altertable.local.Settings.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Reads a key and its certificates from PEM files. */
final class TlsFiles {

    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";

    private TlsFiles() {}

    static KeyStore keyStore(Tls tls) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            PrivateKey key = privateKey(tls.key());
            store.setKeyEntry("server", key, new char[0], certificates(tls.certificate()));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the TLS files do not make a key store", e);
        }
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException {
        String pem = new String(read(file, "--tls-key"), StandardCharsets.US_ASCII);
        int begin = pem.indexOf(KEY_BEGIN);
        int end = pem.indexOf(KEY_END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "--tls-key needs an unencrypted PKCS #8 key in PEM ('"
                            + KEY_BEGIN
                            + "'); openssl pkcs8 -topk8 -nodes makes one");
        }
        byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + KEY_BEGIN.length(), end));
        GeneralSecurityException last = null;
        for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw new IllegalArgumentException("--tls-key holds no RSA, EC or Ed25519 key", last);
    }

    private static Certificate[] certificates(Path file) throws GeneralSecurityException {
        byte[] pem = read(file, "--tls-cert");
        Certificate[] chain =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(pem))
                        .toArray(Certificate[]::new);
        if (chain.length == 0) {
            throw new IllegalArgumentException("--tls-cert holds no certificate");
        }
        return chain;
    }

    private static byte[] read(Path file, String flag) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(flag + " " + file + " cannot be read", e);
        }
    }
}
