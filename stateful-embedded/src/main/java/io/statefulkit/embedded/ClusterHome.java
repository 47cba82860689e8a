package io.statefulkit.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The directory of one cluster. */
final class ClusterHome implements AutoCloseable {

    private final Path root;

    private ClusterHome(Path root) {
        this.root = root;
    }

    /** Makes a new directory that every user can pass through. */
    static ClusterHome create(Optional<Path> parent) {
        Path base = parent.orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
        try {
            Path root = Files.createTempDirectory(base.toAbsolutePath(), "statefulkit-");
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
            return new ClusterHome(root);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the embedded cluster cannot make its work directory below " + base + " (" + e
                            + "); choose a directory that exists and is writable with EmbeddedOptions.withDirectory",
                    e);
        }
    }

    Path root() {
        return root;
    }

    /** Makes a directory in it that every user can pass through. */
    Path directory(String name) throws IOException {
        Path directory = Files.createDirectory(root.resolve(name));
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
