package io.statefulkit.embedded.node.volume;

import io.statefulkit.embedded.node.process.ProcessUser;
import io.statefulkit.embedded.node.process.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Writes a volume that consists of files; each file changes at once or not at all. */
final class VolumeFiles {

    private final Path directory;
    private final int defaultMode;

    VolumeFiles(Path directory, int defaultMode) {
        this.directory = directory;
        this.defaultMode = defaultMode;
    }

    void write(Map<String, byte[]> files, Map<String, Integer> modes) throws IOException {
        Files.createDirectories(directory);
        Workspace.allow(directory, "rwxrwxrwx");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = directory.resolve(file.getKey()).normalize();
            if (!target.startsWith(directory)) {
                throw new IOException("a file of a volume must stay inside it: " + file.getKey());
            }
            if (!Files.isRegularFile(target) || !Arrays.equals(Files.readAllBytes(target), file.getValue())) {
                replace(target, file.getValue(), modes.getOrDefault(file.getKey(), defaultMode));
            }
        }
        removeOthers(files.keySet());
    }

    private void replace(Path target, byte[] content, int mode) throws IOException {
        Files.createDirectories(target.getParent());
        Path draft = Files.createTempFile(target.getParent(), "..", ".new");
        Files.write(draft, content);
        if (ProcessUser.jvmIsRoot()) {
            // What fsGroup does: the user of unprivileged containers may read by its group.
            Files.setAttribute(draft, "unix:gid", ProcessUser.unprivileged().gid(), LinkOption.NOFOLLOW_LINKS);
        }
        Files.setPosixFilePermissions(draft, permissions(mode));
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void removeOthers(Set<String> names) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (names.stream().noneMatch(file -> file.equals(name) || file.startsWith(name + "/"))) {
                    Workspace.delete(entry);
                }
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] bits = {
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE
        };
        for (int i = 0; i < bits.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                set.add(bits[i]);
            }
        }
        return set;
    }
}
