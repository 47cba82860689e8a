package io.statefulkit.embedded.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trusts the certificate of one gateway. */
final class TestTls {

    private TestTls() {}

    static String encoded(Gateway gateway) {
        return Base64.getEncoder().encodeToString(gateway.certificate().getBytes(StandardCharsets.US_ASCII));
    }

    static SSLContext trusting(Gateway gateway) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            byte[] pem = gateway.certificate().getBytes(StandardCharsets.US_ASCII);
            store.setCertificateEntry(
                    "gateway",
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new AssertionError("the certificate cannot be trusted", e);
        }
    }
}
