package io.statefulkit.embedded.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * Files that containers run, unpacked where every user can read them. Each content has a directory of its own name, so
 * JVMs that run at the same time share or ignore each other's, and a new version never meets an old one.
 */
final class SupportFiles {

    private SupportFiles() {}

    /** Unpacks scripts of this package: pairs of resource and file name. */
    static Path directory(String label, String... resourcesAndNames) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < resourcesAndNames.length; i += 2) {
                digest.update(resourcesAndNames[i + 1].getBytes(StandardCharsets.UTF_8));
                digest.update(read(resourcesAndNames[i]));
            }
            String name = label + "-" + HexFormat.of().formatHex(digest.digest(), 0, 8);
            return install(name, directory -> {
                for (int i = 0; i < resourcesAndNames.length; i += 2) {
                    Path file = directory.resolve(resourcesAndNames[i + 1]);
                    createParents(directory, file);
                    Files.write(file, read(resourcesAndNames[i]));
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("scripts of " + label + " could not be unpacked: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void createParents(Path directory, Path file) throws IOException {
        Path step = directory;
        for (Path part : directory.relativize(file)) {
            step = step.resolve(part);
            if (!step.equals(file) && !Files.isDirectory(step)) {
                Files.createDirectory(step);
                Files.setPosixFilePermissions(step, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    /** Fills a directory once for all JVMs: it appears complete or not at all. */
    static Path install(String name, Content content) throws IOException {
        Path cache = cache();
        Path target = cache.resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        Path draft = Files.createTempDirectory(cache, "draft-");
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            content.write(draft);
            move(draft, target);
        } finally {
            // Nobody else would ever take away what is left of it.
            delete(draft);
        }
        return target;
    }

    private static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
            // Another JVM was faster; its directory holds the same.
        }
    }

    private static void delete(Path draft) {
        if (!Files.exists(draft)) {
            return;
        }
        try (Stream<Path> all = Files.walk(draft)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            // It is in nobody's way: each draft has a name of its own.
            return;
        }
    }

    private static Path cache() throws IOException {
        String user = System.getProperty("user.name");
        for (String base : new String[] {System.getProperty("java.io.tmpdir", "/tmp"), "/tmp", "/var/tmp"}) {
            Path parent = Path.of(base).toAbsolutePath();
            Path directory = parent.resolve("statefulkit-" + user);
            if (Files.isWritable(parent) && reachable(parent)) {
                Files.createDirectories(directory);
                if (!Files.getOwner(directory).getName().equals(user)) {
                    continue;
                }
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
                return directory;
            }
        }
        throw new IOException("no directory that other users can read: /tmp and /var/tmp are not usable");
    }

    private static boolean reachable(Path directory) throws IOException {
        for (Path step = directory.toRealPath(); step != null; step = step.getParent()) {
            if (!PosixFilePermissions.toString(Files.getPosixFilePermissions(step))
                            .endsWith("x")
                    && !PosixFilePermissions.toString(Files.getPosixFilePermissions(step))
                            .endsWith("t")) {
                return false;
            }
        }
        return true;
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream in = SupportFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing on the class path");
            }
            return in.readAllBytes();
        }
    }

    /** Fills a directory. */
    interface Content {
        void write(Path directory) throws IOException;
    }
}
