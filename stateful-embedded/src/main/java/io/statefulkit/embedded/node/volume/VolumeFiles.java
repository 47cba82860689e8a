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
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes a volume that consists of files as a kubelet does: the files are in a directory of their own, the link {@code ..data}
 * leads to it, and what programs open leads through that link. So all files change in the same moment, when the link does.
 */
final class VolumeFiles {

    /** The link that decides which files there are. */
    static final String DATA = "..data";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy_MM_dd_HH_mm_ss.nnnnnnnnn");

    private final Path directory;
    private final int defaultMode;

    VolumeFiles(Path directory, int defaultMode) {
        this.directory = directory;
        this.defaultMode = defaultMode;
    }

    void write(Map<String, byte[]> files, Map<String, Integer> modes) throws IOException {
        for (String file : files.keySet()) {
            if (!directory.resolve(file).normalize().startsWith(directory) || file.startsWith("..")) {
                throw new IOException("a file of a volume must stay inside it: " + file);
            }
        }
        if (isThere(files)) {
            return;
        }
        Files.createDirectories(directory);
        Workspace.allow(directory, "rwxrwxrwx");
        Path next = directory.resolve(".." + STAMP.format(LocalDateTime.now(ZoneOffset.UTC)));
        Files.createDirectory(next);
        Workspace.allow(next, "rwxr-xr-x");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            write(next, file.getKey(), file.getValue(), modes.getOrDefault(file.getKey(), defaultMode));
        }
        Path draft = directory.resolve("..data_tmp");
        Files.deleteIfExists(draft);
        Files.createSymbolicLink(draft, next.getFileName());
        Files.move(draft, directory.resolve(DATA), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        link(files.keySet());
        removeOthers(next);
    }

    private boolean isThere(Map<String, byte[]> files) throws IOException {
        Path data = directory.resolve(DATA);
        if (!Files.isDirectory(data)) {
            return false;
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = data.resolve(file.getKey());
            if (!Files.isRegularFile(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
                return false;
            }
        }
        try (var all = Files.walk(data.toRealPath())) {
            return all.filter(Files::isRegularFile).count() == files.size();
        }
    }

    private static void write(Path base, String name, byte[] content, int mode) throws IOException {
        Path target = base.resolve(name).normalize();
        for (Path step = base; !step.equals(target.getParent()); ) {
            step = step.resolve(step.relativize(target).getName(0));
            if (!Files.isDirectory(step)) {
                Files.createDirectory(step);
                Workspace.allow(step, "rwxr-xr-x");
            }
        }
        Files.write(target, content);
        if (ProcessUser.jvmIsRoot()) {
            // What fsGroup does: the user of unprivileged containers may read by its group.
            Files.setAttribute(target, "unix:gid", ProcessUser.unprivileged().gid(), LinkOption.NOFOLLOW_LINKS);
        }
        Files.setPosixFilePermissions(target, permissions(mode));
    }

    /** What programs open: a link for each file or directory at the top. */
    private void link(Set<String> files) throws IOException {
        Set<String> tops = new TreeSet<>();
        files.forEach(file -> tops.add(Path.of(file).getName(0).toString()));
        for (String top : tops) {
            Path place = directory.resolve(top);
            if (!Files.isSymbolicLink(place)) {
                Files.createSymbolicLink(place, Path.of(DATA, top));
            }
        }
    }

    /** Removes the files of before, and links that lead nowhere by now. */
    private void removeOthers(Path current) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                boolean kept = entry.equals(current) || entry.endsWith(DATA);
                boolean leads = Files.isSymbolicLink(entry) && Files.exists(entry);
                if (!kept && !leads) {
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
