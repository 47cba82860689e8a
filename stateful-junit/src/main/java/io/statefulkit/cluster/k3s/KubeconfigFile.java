package io.statefulkit.cluster.k3s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A kubeconfig that only its owner can read: whoever has it, has the cluster. */
final class KubeconfigFile {

    private KubeconfigFile() {}

    /** Writes one that is deleted with the JVM. */
    static Path write(String kubeconfig) {
        try {
            Path file = Files.createTempFile(
                    "statefulkit-",
                    ".kubeconfig",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            file.toFile().deleteOnExit();
            return Files.writeString(file, kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the kubeconfig of the cluster", e);
        }
    }
}
