package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.MetadataRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What makes the spec of a pod valid, in pods and in templates. */
public final class PodSpecRules {

    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");
    private static final List<String> DNS_POLICIES =
            List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");
    private static final List<String> EFFECTS = List.of("NoExecute", "NoSchedule", "PreferNoSchedule");
    private static final long MAX_NUMBER = Integer.MAX_VALUE;

    private PodSpecRules() {}

    /** Checks a template: its labels, annotations and spec. */
    public static void template(JsonNode template, String path, Set<String> moreVolumes, Violations violations) {
        MetadataRules.labels(path + ".metadata.labels", Json.at(template, "metadata", "labels"), violations);
        MetadataRules.annotations(
                path + ".metadata.annotations", Json.at(template, "metadata", "annotations"), violations);
        validate(template.path("spec"), path + ".spec", moreVolumes, violations);
    }

    /** Checks the template of a workload whose pods are always restarted. */
    public static void alwaysRestarted(JsonNode spec, String kind, Set<String> moreVolumes, Violations violations) {
        template(spec.path("template"), "spec.template", moreVolumes, violations);
        JsonNode pod = Json.at(spec, "template", "spec");
        String policy = Json.text(pod, "restartPolicy");
        violations.addIf(
                !policy.equals("Always"),
                Violation.unsupported("spec.template.spec.restartPolicy", policy, List.of("Always")));
        violations.addIf(
                pod.hasNonNull("activeDeadlineSeconds"),
                Violation.forbidden(
                        "spec.template.spec.activeDeadlineSeconds",
                        "activeDeadlineSeconds in " + kind + " is not Supported"));
    }

    public static void validate(JsonNode spec, String path, Set<String> moreVolumes, Violations violations) {
        Set<String> volumes = new HashSet<>(moreVolumes);
        volumes.addAll(PodVolumeRules.validate(spec.path("volumes"), path + ".volumes", violations));
        ContainerRules rules = new ContainerRules(volumes, violations);
        Set<String> names = containers(spec.path("containers"), path + ".containers", rules, violations);
        initContainers(spec.path("initContainers"), path + ".initContainers", names, rules, violations);
        Check.oneOf(spec, "restartPolicy", path, RESTART_POLICIES, violations);
        Check.oneOf(spec, "dnsPolicy", path, DNS_POLICIES, violations);
        MetadataRules.labels(path + ".nodeSelector", spec.path("nodeSelector"), violations);
        names(spec, path, violations);
        JsonNode deadline = spec.path("activeDeadlineSeconds");
        violations.addIf(
                deadline.isNumber() && (deadline.asLong() < 1 || deadline.asLong() > MAX_NUMBER),
                Violation.invalid(
                        path + ".activeDeadlineSeconds", deadline, "must be between 1 and 2147483647, inclusive"));
        tolerations(spec.path("tolerations"), path + ".tolerations", violations);
        PlacementRules.validate(spec, path, violations);
        for (String field : List.of("runAsUser", "runAsGroup", "fsGroup")) {
            JsonNode id = Json.at(spec, "securityContext", field);
            violations.addIf(
                    id.isNumber() && (id.asLong() < 0 || id.asLong() > MAX_NUMBER),
                    Violation.invalid(
                            path + ".securityContext." + field, id, "must be between 0 and 2147483647, inclusive"));
        }
    }

    private static Set<String> containers(
            JsonNode containers, String path, ContainerRules rules, Violations violations) {
        violations.addIf(containers.isEmpty(), Violation.required(path, ""));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            JsonNode container = containers.path(i);
            String at = path + "[" + i + "]";
            rules.validate(container, at);
            unique(container, at, names, violations);
            ProbeRules.validate(container, at, violations);
        }
        return names;
    }

    private static void initContainers(
            JsonNode containers, String path, Set<String> names, ContainerRules rules, Violations violations) {
        for (int i = 0; i < containers.size(); i++) {
            JsonNode container = containers.path(i);
            String at = path + "[" + i + "]";
            rules.validate(container, at);
            unique(container, at, names, violations);
            String policy = Json.text(container, "restartPolicy");
            violations.addIf(
                    !policy.isEmpty() && !RESTART_POLICIES.contains(policy),
                    Violation.unsupported(at + ".restartPolicy", policy, RESTART_POLICIES));
            if (policy.equals("Always")) {
                ProbeRules.validate(container, at, violations);
            } else {
                ProbeRules.forbid(container, at, violations);
            }
        }
    }

    private static void unique(JsonNode container, String path, Set<String> names, Violations violations) {
        String name = Json.text(container, "name");
        violations.addIf(
                !name.isEmpty() && !names.add(name), Violation.duplicate(path + ".name", container.path("name")));
    }

    private static void names(JsonNode spec, String path, Violations violations) {
        for (String field : List.of("serviceAccountName", "nodeName")) {
            String name = Json.text(spec, field);
            if (!name.isEmpty()) {
                Check.text(NameRules.subdomain(name), path + "." + field, name, violations);
            }
        }
        for (String field : List.of("hostname", "subdomain")) {
            String name = Json.text(spec, field);
            if (!name.isEmpty()) {
                Check.text(NameRules.label(name), path + "." + field, name, violations);
            }
        }
    }

    private static void tolerations(JsonNode tolerations, String path, Violations violations) {
        for (int i = 0; i < tolerations.size(); i++) {
            JsonNode toleration = tolerations.path(i);
            String at = path + "[" + i + "]";
            String operator = Json.text(toleration, "operator");
            violations.addIf(
                    Json.text(toleration, "key").isEmpty() && !operator.equals("Exists"),
                    Violation.invalid(
                            at + ".operator",
                            operator,
                            "operator must be Exists when `key` is empty, which means \"match all values and all"
                                    + " keys\""));
            violations.addIf(
                    operator.equals("Exists") && !Json.text(toleration, "value").isEmpty(),
                    Violation.invalid(at + ".operator", toleration, "value must be empty when `operator` is 'Exists'"));
            String effect = Json.text(toleration, "effect");
            violations.addIf(
                    !effect.isEmpty() && !EFFECTS.contains(effect),
                    Violation.unsupported(at + ".effect", effect, EFFECTS));
        }
    }
}
