package io.statefulkit.cluster;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What only a cluster that exists already is asked for.
 *
 * @param kubeconfig the path of the file that leads to it; empty when none is named, which means that there is no such cluster
 * @param allowContexts a regular expression that the current context of the file must match
 * @param allowNodeDisruptions whether tests may reach into its nodes, as to kill a process there
 */
public record ExistingOptions(String kubeconfig, String allowContexts, boolean allowNodeDisruptions) {

    /** The usual names of contexts of clusters that are there for tests. */
    public static final String CONTEXTS_FOR_TESTS =
            "kind-.*|k3d-.*|k3s.*|minikube|docker-desktop|rancher-desktop|orbstack|colima|microk8s|statefulkit.*";

    /** None. */
    public static final ExistingOptions NONE = new ExistingOptions("", CONTEXTS_FOR_TESTS, false);

    /**
     * Checks the expression.
     *
     * @throws IllegalArgumentException when it is none
     */
    public ExistingOptions {
        kubeconfig = kubeconfig.strip();
        try {
            Pattern unused = Pattern.compile(allowContexts);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "statefulkit.allowContexts must be a regular expression, but is '" + allowContexts + "'", e);
        }
    }

    /**
     * What the environment of this JVM says, or else its system properties.
     *
     * @throws IllegalArgumentException when one of them is none of the values that are allowed
     */
    public static ExistingOptions ofThisJvm() {
        return new ExistingOptions(
                setting("kubeconfig").orElse(""),
                setting("allowContexts").orElse(CONTEXTS_FOR_TESTS),
                setting("allowNodeDisruptions").map(ExistingOptions::isTrue).orElse(false));
    }

    /** By its name without a prefix. */
    private static Optional<String> setting(String name) {
        String variable =
                "STATEFULKIT_" + name.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
        return Optional.ofNullable(System.getenv(variable))
                .filter(text -> !text.isBlank())
                .or(() -> Optional.ofNullable(System.getProperty("statefulkit." + name)))
                .filter(text -> !text.isBlank());
    }

    private static boolean isTrue(String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (!Set.of("true", "false").contains(value)) {
            throw new IllegalArgumentException(
                    "statefulkit.allowNodeDisruptions must be true or false, but is '" + value + "'");
        }
        return value.equals("true");
    }
}
