package io.statefulkit.embedded.http.tls;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Which ciphers are preferred. AES is fast in code that the second compiler of the JVM made, ten times as fast as ChaCha20;
 * in a JVM that has only the first one, as many builds start theirs for tests, ChaCha20 is four times as fast as AES. Keys of
 * 128 bits come before those of 256, as with the API server of Kubernetes: ten rounds instead of fourteen.
 */
public final class CipherSuites {

    private CipherSuites() {}

    /** Returns the cipher suites that this JVM enables, the fast ones first. */
    public static List<String> fastFirst() {
        try {
            String fast = hasSecondCompiler() ? "AES" : "CHACHA20";
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return Arrays.stream(context.getDefaultSSLParameters().getCipherSuites())
                    .sorted(Comparator.comparing((String suite) -> !suite.contains(fast))
                            .thenComparing(suite -> suite.contains("AES_256")))
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    private static boolean hasSecondCompiler() {
        return !System.getProperty("java.vm.info", "").contains("emulated-client");
    }
}
