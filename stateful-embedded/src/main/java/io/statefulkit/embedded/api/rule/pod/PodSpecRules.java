package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.MetadataRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What makes the spec of a pod valid, in pods and in templates. */
public final class PodSpecRules {

    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");
    private static final List<String> DNS_POLICIES =
            List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    private static final long MAX_NUMBER = Integer.MAX_VALUE;

    private PodSpecRules() {}

    /** Checks a template: its labels, annotations and spec. */
    public static void template(JsonNode template, String path, Set<String> moreVolumes, Violations violations) {
        MetadataRules.labels(path + ".labels", Json.at(template, "metadata", "labels"), violations);
        MetadataRules.annotations(path + ".annotations", Json.at(template, "metadata", "annotations"), violations);
        validate(template.path("spec"), path + ".spec", moreVolumes, violations);
        hostNetwork(template.path("spec"), false, path + ".spec", violations);
        violations.addIf(
                !Json.at(template, "spec", "ephemeralContainers").isEmpty(),
                Violation.forbidden(
                        path + ".spec.ephemeralContainers", "ephemeral containers not allowed in pod template"));
    }

    /** Checks what the pods of a workload that are always restarted must be. */
    public static void alwaysRestarted(JsonNode spec, String kind, Violations violations) {
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

    /** Checks the spec of a pod itself. */
    public static void pod(JsonNode spec, Violations violations) {
        validate(spec, "spec", Set.of(), violations);
        hostNetwork(spec, true, "spec", violations);
        for (String list : List.of("containers", "initContainers")) {
            ContainerRules.imagesOfPods(spec.path(list), "spec." + list, violations);
        }
    }

    private static void validate(JsonNode spec, String path, Set<String> moreVolumes, Violations violations) {
        Set<String> volumes = new HashSet<>(moreVolumes);
        volumes.addAll(PodVolumeRules.validate(spec.path("volumes"), path + ".volumes", violations));
        ContainerRules rules = new ContainerRules(volumes, violations);
        JsonNode grace = spec.path("terminationGracePeriodSeconds");
        Set<String> names = containers(spec.path("containers"), grace, path + ".containers", rules, violations);
        initContainers(spec.path("initContainers"), grace, path + ".initContainers", names, rules, violations);
        Check.oneOf(spec, "restartPolicy", path, RESTART_POLICIES, violations);
        Check.oneOf(spec, "dnsPolicy", path, DNS_POLICIES, violations);
        MetadataRules.labels(path + ".nodeSelector", spec.path("nodeSelector"), violations);
        SecurityRules.pod(spec.path("securityContext"), path + ".securityContext", violations);
        PlacementRules.affinity(spec.path("affinity"), path + ".affinity", violations);
        dns(spec, path + ".dnsConfig", violations);
        gates(spec, path, violations);
        PlacementRules.spread(spec.path("topologySpreadConstraints"), path + ".topologySpreadConstraints", violations);
        subdomains(spec, List.of("serviceAccountName", "nodeName"), path, violations);
        JsonNode deadline = spec.path("activeDeadlineSeconds");
        violations.addIf(
                deadline.isNumber() && (deadline.asLong() < 1 || deadline.asLong() > MAX_NUMBER),
                Violation.invalid(
                        path + ".activeDeadlineSeconds", deadline, "must be between 1 and 2147483647, inclusive"));
        labels(spec, path, violations);
        TolerationRules.tolerations(spec.path("tolerations"), path + ".tolerations", violations);
        subdomains(spec, List.of("priorityClassName", "runtimeClassName"), path, violations);
        preemption(spec, path + ".preemptionPolicy", violations);
    }

    private static Set<String> containers(
            JsonNode containers, JsonNode grace, String path, ContainerRules rules, Violations violations) {
        violations.addIf(containers.isEmpty(), Violation.required(path, ""));
        Set<String> names = new HashSet<>();
        List<JsonNode> all = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (int i = 0; i < containers.size(); i++) {
            JsonNode container = containers.path(i);
            String at = path + "[" + i + "]";
            rules.validate(container, at);
            violations.addIf(
                    !names.add(Json.text(container, "name")),
                    Violation.duplicate(at + ".name", Check.text(Json.text(container, "name"))));
            ProbeRules.validate(container, grace, at, violations);
            all.add(container);
            places.add(at);
        }
        ContainerRules.hostPorts(all, places, violations);
        return names;
    }

    private static void initContainers(
            JsonNode containers,
            JsonNode grace,
            String path,
            Set<String> names,
            ContainerRules rules,
            Violations violations) {
        for (int i = 0; i < containers.size(); i++) {
            JsonNode container = containers.path(i);
            String at = path + "[" + i + "]";
            rules.validate(container, at);
            String policy = Json.text(container, "restartPolicy");
            violations.addIf(
                    !policy.isEmpty() && !RESTART_POLICIES.contains(policy),
                    Violation.unsupported(at + ".restartPolicy", policy, RESTART_POLICIES));
            String name = Json.text(container, "name");
            violations.addIf(
                    !name.isEmpty() && !names.add(name), Violation.duplicate(at + ".name", container.path("name")));
            ContainerRules.hostPorts(List.of(container), List.of(at), violations);
            if (policy.equals("Always")) {
                ProbeRules.validate(container, grace, at, violations);
            } else {
                ProbeRules.forbid(container, at, violations);
            }
        }
    }

    private static void hostNetwork(JsonNode spec, boolean pod, String path, Violations violations) {
        if (!spec.path("hostNetwork").asBoolean()) {
            return;
        }
        JsonNode containers = spec.path("containers");
        for (int i = 0; i < containers.size(); i++) {
            JsonNode ports = containers.path(i).path("ports");
            for (int j = 0; j < ports.size(); j++) {
                int host = ports.path(j).path("hostPort").asInt();
                boolean other = host != ports.path(j).path("containerPort").asInt();
                violations.addIf(
                        (pod || host != 0) && other,
                        Violation.invalid(
                                path + ".containers[" + i + "].ports[" + j + "].hostPort",
                                Check.number(host),
                                "must match `containerPort` when `hostNetwork` is true"));
            }
        }
    }

    private static void dns(JsonNode spec, String path, Violations violations) {
        if (!Json.text(spec, "dnsPolicy").equals("None")) {
            return;
        }
        if (!spec.has("dnsConfig")) {
            violations.add(Violation.required(path, "must provide `dnsConfig` when `dnsPolicy` is None"));
        } else {
            violations.addIf(
                    spec.path("dnsConfig").path("nameservers").isEmpty(),
                    Violation.required(
                            path + ".nameservers",
                            "must provide at least one DNS nameserver when `dnsPolicy` is None"));
        }
    }

    private static void gates(JsonNode spec, String path, Violations violations) {
        JsonNode ready = spec.path("readinessGates");
        for (int i = 0; i < ready.size(); i++) {
            String type = Json.text(ready.path(i), "conditionType");
            Check.text(
                    NameRules.qualifiedName(type), path + ".readinessGates[" + i + "].conditionType", type, violations);
        }
        JsonNode gates = spec.path("schedulingGates");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < gates.size(); i++) {
            String name = Json.text(gates.path(i), "name");
            String at = path + ".schedulingGates[" + i + "]";
            Check.text(NameRules.qualifiedName(name), at, name, violations);
            violations.addIf(!seen.add(name), Violation.duplicate(at, Check.text(name)));
        }
    }

    private static void subdomains(JsonNode spec, List<String> fields, String path, Violations violations) {
        for (String field : fields) {
            String name = Json.text(spec, field);
            if (!name.isEmpty()) {
                Check.text(NameRules.subdomain(name), path + "." + field, name, violations);
            }
        }
    }

    private static void labels(JsonNode spec, String path, Violations violations) {
        for (String field : List.of("hostname", "subdomain")) {
            String name = Json.text(spec, field);
            if (!name.isEmpty()) {
                Check.text(NameRules.label(name), path + "." + field, name, violations);
            }
        }
    }

    private static void preemption(JsonNode spec, String path, Violations violations) {
        List<String> policies = List.of("PreemptLowerPriority", "Never");
        String policy = Json.text(spec, "preemptionPolicy");
        violations.addIf(
                !policy.isEmpty() && !policies.contains(policy), Violation.unsupported(path, policy, policies));
    }
}
