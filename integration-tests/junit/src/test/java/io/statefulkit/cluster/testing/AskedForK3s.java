package io.statefulkit.cluster.testing;

import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.K3sOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the build was told about k3s, for tests that start one of their own: a machine may have one image of it only, or no registry. */
public final class AskedForK3s {

    private AskedForK3s() {}

    /** The image, what is preloaded, and the mirrors, as they are set for tests with {@code @StatefulCluster}. */
    public static K3sOptions options() {
        Map<String, String> mirrors = list("k3s.mirrors").stream()
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(sides -> sides[0].strip(), sides -> sides[1].strip()));
        return new K3sOptions(setting("k3s.image").orElse(ClusterSettings.DEFAULT_K3S_IMAGE), list("preload"), mirrors);
    }

    private static List<String> list(String name) {
        return Stream.of(setting(name).orElse("").split(",", -1))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(
                        System.getenv("STATEFULKIT_" + name.replace('.', '_').toUpperCase(Locale.ROOT)))
                .filter(text -> !text.isBlank())
                .or(() -> Optional.ofNullable(System.getProperty("statefulkit." + name)))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
