package io.statefulkit.cluster.embedded;

import io.statefulkit.cluster.ClusterSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Tells which JVMs may share an embedded cluster: those that ask for the same, and would run the same program. */
final class SharedKey {

    private static final int LENGTH = 16;

    private SharedKey() {}

    /**
     * A name for settings and a class path. What is compiled anew makes it another one.
     *
     * @param classPath files and directories
     */
    static String of(ClusterSettings settings, String classPath) {
        StringBuilder all = new StringBuilder()
                .append(settings.nodes())
                .append('\n')
                .append(settings.images().getName())
                .append('\n')
                .append(System.getProperty("java.home"));
        Stream.of(classPath.split(File.pathSeparator, -1))
                .filter(part -> !part.isEmpty())
                .map(Path::of)
                .forEach(part -> all.append('\n')
                        .append(part.toAbsolutePath())
                        .append(' ')
                        .append(newest(part)));
        return hash(all.toString()).substring(0, LENGTH);
    }

    private static long newest(Path part) {
        if (!Files.exists(part)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(part)) {
            return files.map(SharedKey::changed)
                    .mapToLong(FileTime::toMillis)
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the class path element " + part, e);
        }
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            // It has gone since it was listed.
            return FileTime.fromMillis(0);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
