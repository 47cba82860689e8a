package io.statefulkit.embedded;

import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.control.volume.SizedDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
                    withoutWrites(directory).ifPresent(had -> before.put(directory, had));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile()) {
                        withoutWrites(file).ifPresent(had -> before.put(file, had));
                    }
                    return FileVisitResult.CONTINUE;
                }

                // A server deletes files and directories while this walks.

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException problem) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem) {
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
        if (path.isEmpty() || !Files.isDirectory(Path.of(path))) {
            throw new IllegalStateException("claim \"" + claim + "\" has volume \"" + volume
                    + "\", which is no directory of this machine: only a volume whose hostPath or local path is there can"
                    + " be filled");
        }
        return Path.of(path);
    }

    /** Takes away the permissions to write; returns those that it had, or empty when it is gone by now. */
    static Optional<Set<PosixFilePermission>> withoutWrites(Path path) throws IOException {
        try {
            Set<PosixFilePermission> now = Files.getPosixFilePermissions(path);
            Set<PosixFilePermission> rest = EnumSet.noneOf(PosixFilePermission.class);
            rest.addAll(now);
            rest.removeAll(WRITES);
            Files.setPosixFilePermissions(path, rest);
            return Optional.of(now);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Gives all permissions back, whatever happens to one of them. */
    private static void restore(Map<Path, Set<PosixFilePermission>> before) {
        UncheckedIOException problem = null;
        for (Map.Entry<Path, Set<PosixFilePermission>> each : before.entrySet()) {
            try {
                Files.setPosixFilePermissions(each.getKey(), each.getValue());
            } catch (IOException e) {
                // What was deleted meanwhile, as root may, gets nothing back.
                boolean gone = e instanceof NoSuchFileException;
                problem = gone || problem != null ? problem : new UncheckedIOException(e);
            }
        }
        if (problem != null) {
            throw problem;
        }
    }
}
