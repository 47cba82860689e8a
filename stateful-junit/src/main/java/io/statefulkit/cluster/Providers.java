package io.statefulkit.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The providers there are. */
final class Providers {

    private Providers() {}

    static List<ClusterProvider> all() {
        return List.of(new K3sProvider(), new EmbeddedProvider(), new KubeconfigProvider(Providers::setting));
    }

    /** A setting by its name without a prefix: of the environment, or else of the system properties. */
    private static Optional<String> setting(String name) {
        String variable =
                "STATEFULKIT_" + name.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
        return Optional.ofNullable(System.getenv(variable))
                .or(() -> Optional.ofNullable(System.getProperty("statefulkit." + name)))
                .filter(text -> !text.isBlank());
    }
}
