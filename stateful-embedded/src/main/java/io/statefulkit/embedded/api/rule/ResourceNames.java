package io.statefulkit.embedded.api.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.api.value.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** Which resources there are amounts of, and which amounts make sense. */
public final class ResourceNames {

    /** What pods take of their nodes, as quotas name it. */
    public static final Set<String> OF_NODES = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage");

    private static final Set<String> COUNTS = Set.of(
            "pods",
            "services",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");

    private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");

    private ResourceNames() {}

    /** A resource that containers can ask for. */
    public static void container(String name, String path, Violations violations) {
        any(name, path, violations);
        if (!name.contains("/")) {
            violations.addIf(
                    !OF_CONTAINERS.contains(name) && !name.startsWith("hugepages-"),
                    Violation.invalid(path, name, "must be a standard resource for containers"));
        } else if (!nativeResource(name)) {
            boolean extended = !name.startsWith("requests.")
                    && NameRules.qualifiedName("requests." + name).isEmpty();
            violations.addIf(
                    !extended, Violation.invalid(path, name, "doesn't follow extended resource name standard"));
        }
    }

    /** A resource that a quota can limit. */
    public static void quota(String name, String path, Violations violations) {
        any(name, path, violations);
        violations.addIf(
                !name.contains("/") && !standardOfQuotas(name),
                Violation.invalid(path, name, "must be a standard resource for quota"));
    }

    /** Any resource. */
    public static void any(String name, String path, Violations violations) {
        List<String> problems = NameRules.qualifiedName(name);
        Check.text(problems, path, name, violations);
        boolean standard = standardOfQuotas(name) || name.equals("storage") || name.startsWith("hugepages-");
        violations.addIf(
                problems.isEmpty() && !name.contains("/") && !standard,
                Violation.invalid(path, name, "must be a standard resource type or fully qualified"));
    }

    private static boolean standardOfQuotas(String name) {
        return COUNTS.contains(name)
                || OF_NODES.contains(name)
                || name.equals("requests.storage")
                || name.startsWith("requests.hugepages-");
    }

    /** An amount must not be negative, and what is counted must be whole. */
    public static void amount(String name, JsonNode value, String path, Violations violations) {
        BigDecimal amount = Quantity.parse(value).orElse(BigDecimal.ZERO);
        violations.addIf(
                amount.signum() < 0, Violation.invalid(path, value.asText(), "must be greater than or equal to 0"));
        boolean counted = COUNTS.contains(name) || !nativeResource(name);
        violations.addIf(
                counted && amount.stripTrailingZeros().scale() > 0,
                Violation.invalid(path, value, "must be an integer"));
    }

    /** Says whether more of it may be promised than there is. */
    public static boolean overcommitted(String name) {
        return nativeResource(name) && !name.startsWith("hugepages-");
    }

    private static boolean nativeResource(String name) {
        return !name.contains("/") || name.startsWith("kubernetes.io/") || name.contains(".kubernetes.io/");
    }
}
