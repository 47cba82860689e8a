package io.statefulkit.cluster.k3s;

import java.net.URL;
import java.security.CodeSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of Testcontainers on the class path. Lines 1 and 2 have the same class names, so that parts of different lines fit together
 * until k3s has started; then a class is missing.
 */
final class TestcontainersLine {

    private static final Pattern VERSION = Pattern.compile("-(\\d+)\\.[^/]*\\.jar$");

    private TestcontainersLine() {}

    /** Says what is wrong when two jars are not of the same line; nothing when a version cannot be told. */
    static Optional<String> mismatch(@Nullable URL k3s, @Nullable URL core) {
        Optional<String> k3sLine = line(k3s);
        Optional<String> coreLine = line(core);
        return k3sLine.isEmpty() || coreLine.isEmpty() || k3sLine.equals(coreLine)
                ? Optional.empty()
                : Optional.of("its k3s module is of line " + k3sLine.get() + " (" + k3s + "), but its core of line "
                        + coreLine.get() + " (" + core + "): give both the same version");
    }

    /** Where a class comes from. */
    static @Nullable URL location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null ? null : source.getLocation();
    }

    private static Optional<String> line(@Nullable URL jar) {
        Matcher version = VERSION.matcher(jar == null ? "" : jar.getPath());
        return version.find() ? Optional.of(version.group(1)) : Optional.empty();
    }
}
