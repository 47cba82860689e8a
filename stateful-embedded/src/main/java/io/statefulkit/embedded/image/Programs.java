package io.statefulkit.embedded.image;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds programs of this machine. */
final class Programs {

    private Programs() {}

    static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String directory : (path + ":/usr/local/sbin:/usr/sbin:/sbin").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, program);
            if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
