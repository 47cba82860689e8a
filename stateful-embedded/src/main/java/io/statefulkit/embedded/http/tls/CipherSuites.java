package io.statefulkit.embedded.http.tls;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Which ciphers are preferred. AES is fast only in code that the second compiler of the JVM made, which a test is over
 * before: until then ChaCha20 encrypts four times as much.
 */
public final class CipherSuites {

    private CipherSuites() {}

    /** Returns the cipher suites that this JVM enables, those with ChaCha20 first. */
    public static List<String> fastFirst() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return Arrays.stream(context.getDefaultSSLParameters().getCipherSuites())
                    .sorted(Comparator.comparing(suite -> !suite.contains("CHACHA20")))
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }
}
