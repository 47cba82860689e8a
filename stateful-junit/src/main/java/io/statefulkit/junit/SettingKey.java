package io.statefulkit.junit;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The settings there are, by the names they have in files and system properties. */
enum SettingKey {
    PROVIDER("provider"),
    K3S_IMAGE("k3s.image"),
    PRELOAD("preload"),
    MIRRORS("k3s.mirrors"),
    NODES("nodes"),
    REUSE("reuse"),
    START_TIMEOUT("startTimeoutSeconds"),
    FAIL_WITHOUT_DOCKER("failWithoutDocker"),
    NAMESPACE_PER("namespacePer"),
    ON_FAILURE("onFailure"),
    PAUSE("pauseSeconds"),
    PARALLEL_NAMESPACES("parallelNamespaces"),
    /** Used by tests of disruptions. */
    SEED("seed"),
    /** Read by tests of disruptions. */
    REPLAY("replay"),
    KUBECONFIG("kubeconfig"),
    ALLOW_CONTEXTS("allowContexts"),
    ALLOW_NODE_DISRUPTIONS("allowNodeDisruptions");

    static final String PREFIX = "statefulkit.";
    static final String VARIABLE_PREFIX = "STATEFULKIT_";

    private final String name;

    SettingKey(String name) {
        this.name = name;
    }

    /** Returns its name in files and system properties. */
    String property() {
        return PREFIX + name;
    }

    /** {@code statefulkit.startTimeoutSeconds} is {@code STATEFULKIT_START_TIMEOUT_SECONDS}. */
    String variable() {
        return VARIABLE_PREFIX
                + name.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    static String properties() {
        return Arrays.stream(values()).map(SettingKey::property).collect(Collectors.joining(", "));
    }

    static String variables() {
        return Arrays.stream(values()).map(SettingKey::variable).collect(Collectors.joining(", "));
    }
}
