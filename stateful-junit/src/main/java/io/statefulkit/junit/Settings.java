package io.statefulkit.junit;

import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.junit.StatefulCluster.NamespacePer;
import io.statefulkit.junit.StatefulCluster.OnFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * The settings of a test class, from all places where they can be.
 *
 * @param cluster which cluster
 * @param namespacePer who gets a namespace
 * @param onFailure what becomes of it when a test fails
 */
record Settings(ClusterSettings cluster, NamespacePer namespacePer, OnFailure onFailure) {

    private static final String PREFIX = "statefulkit.";
    private static final String ENV_PREFIX = "STATEFULKIT_";
    private static final String PROVIDER = "provider";
    private static final String K3S_IMAGE = "k3s.image";
    private static final String START_TIMEOUT = "startTimeoutSeconds";
    private static final String NAMESPACE_PER = "namespacePer";
    private static final String ON_FAILURE = "onFailure";

    /**
     * Where settings come from besides the annotation.
     *
     * @param junit the configuration parameters of the JUnit platform
     * @param system the system properties
     * @param environment the environment
     */
    record Sources(Function<String, Optional<String>> junit, Properties system, Map<String, String> environment) {}

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException when a value is none of those that are allowed, naming its key and those
     */
    static Settings of(StatefulCluster annotation, Sources sources) {
        Reader reader = new Reader(sources);
        String timeout = reader.text(START_TIMEOUT, "" + annotation.startTimeoutSeconds());
        if (!timeout.matches("[1-9]\\d{0,4}")) {
            throw new IllegalArgumentException(
                    PREFIX + START_TIMEOUT + " must be a number of seconds from 1 to 99999, but is '" + timeout + "'");
        }
        ClusterSettings cluster = new ClusterSettings(
                reader.constant(PROVIDER, ProviderKind.class, annotation.provider()),
                reader.text(K3S_IMAGE, annotation.k3sImage()),
                Duration.ofSeconds(Long.parseLong(timeout)));
        return new Settings(
                cluster,
                reader.constant(NAMESPACE_PER, NamespacePer.class, annotation.namespacePer()),
                reader.constant(ON_FAILURE, OnFailure.class, annotation.onFailure()));
    }

    /** Looks in one place after the other. */
    private record Reader(Sources sources) {

        String text(String key, String annotated) {
            String property = PREFIX + key;
            return Optional.ofNullable(sources.environment().get(environmentKey(key)))
                    .or(() -> Optional.ofNullable(sources.system().getProperty(property)))
                    .or(() -> sources.junit().apply(property))
                    .map(String::strip)
                    .orElse(annotated);
        }

        <E extends Enum<E>> E constant(String key, Class<E> type, E annotated) {
            String text = text(key, annotated.name());
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.name().equals(text.toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(PREFIX + key + " must be one of "
                            + Arrays.toString(type.getEnumConstants()) + ", but is '" + text + "'"));
        }
    }

    /** {@code statefulkit.startTimeoutSeconds} is {@code STATEFULKIT_START_TIMEOUT_SECONDS}. */
    static String environmentKey(String key) {
        return ENV_PREFIX
                + key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
