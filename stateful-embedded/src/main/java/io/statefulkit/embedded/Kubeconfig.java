package io.statefulkit.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What clients need to reach the cluster.
 *
 * @param server the address of the API server
 * @param token the bearer token
 * @param certificate the certificate of the API server, in PEM
 */
record Kubeconfig(String server, String token, String certificate) {

    private static final String NAME = "statefulkit-embedded";

    /** Returns a token that cannot be guessed. */
    static String newToken() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    String yaml() {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %1$s
                  cluster:
                    server: %2$s
                    certificate-authority-data: %4$s
                users:
                - name: %1$s
                  user:
                    token: %3$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    user: %1$s
                    namespace: default
                current-context: %1$s
                """.formatted(NAME, server, token, encodedCertificate());
    }

    /** Returns the certificate as kubeconfigs and clients want it. */
    String encodedCertificate() {
        return Base64.getEncoder().encodeToString(certificate.getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes the file, readable by its owner only. */
    void write(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, yaml(), StandardOpenOption.WRITE);
    }

    @Override
    public String toString() {
        return "Kubeconfig[" + server + "]";
    }
}
