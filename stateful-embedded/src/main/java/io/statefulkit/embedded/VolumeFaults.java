package io.statefulkit.embedded;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.control.volume.SizedDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Makes the volume of a claim refuse what is written to it. */
final class VolumeFaults {

    private static final Set<PosixFilePermission> WRITES = EnumSet.of(
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Api api;
    private final boolean sized;

    VolumeFaults(Api api, boolean sized) {
        this.api = api;
        this.sized = sized;
    }

    boolean sized() {
        return sized;
    }

    /** Leaves no space; the result gives it back. */
    Runnable fill(String namespace, String claim) {
        Path directory = directory(namespace, claim);
        if (!SizedDirectory.isOne(directory)) {
            return refuseWrites(directory);
        }
        try {
            return new SizedDirectory(directory).fill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes away all permissions to write; the result gives them back. */
    private static Runnable refuseWrites(Path volume) {
        Map<Path, Set<PosixFilePermission>> before = new LinkedHashMap<>();
        try {
            Files.walkFileTree(volume, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                        throws IOException {
                    before.put(directory, withoutWrites(directory));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile()) {
                        before.put(file, withoutWrites(file));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException problem) {
                    // A server deletes files while this walks.
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            restore(before);
            throw new UncheckedIOException(e);
        }
        return () -> restore(before);
    }

    private Path directory(String namespace, String claim) {
        String volume = api.get(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, namespace, claim)
                .path("spec")
                .path("volumeName")
                .asText("");
        if (volume.isEmpty()) {
            throw new IllegalStateException("claim \"" + claim + "\" has no volume yet; wait until it is bound");
        }
        var spec = api.get(ResourceCatalog.PERSISTENT_VOLUMES, "", volume).path("spec");
        String path = spec.path("hostPath")
                .path("path")
                .asText(spec.path("local").path("path").asText(""));
        return Path.of(path);
    }

    private static Set<PosixFilePermission> withoutWrites(Path path) throws IOException {
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(path);
        Set<PosixFilePermission> rest = EnumSet.noneOf(PosixFilePermission.class);
        rest.addAll(now);
        rest.removeAll(WRITES);
        Files.setPosixFilePermissions(path, rest);
        return now;
    }

    private static void restore(Map<Path, Set<PosixFilePermission>> before) {
        before.forEach((path, permissions) -> {
            try {
                if (Files.exists(path)) {
                    Files.setPosixFilePermissions(path, permissions);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
