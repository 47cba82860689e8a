package io.statefulkit.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What clients need to reach the cluster.
 *
 * @param server the address of the API server
 * @param token the bearer token
 */
record Kubeconfig(String server, String token) {

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
                """.formatted(NAME, server, token);
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
