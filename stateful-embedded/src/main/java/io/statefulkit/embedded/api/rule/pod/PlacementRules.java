package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.SelectorRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** What makes valid how a pod wants to be spread and near which others it wants to be. */
final class PlacementRules {

    private static final List<String> UNSATISFIABLE = List.of("DoNotSchedule", "ScheduleAnyway");
    private static final List<String> POLICIES = List.of("Honor", "Ignore");
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final int MAX_WEIGHT = 100;

    private PlacementRules() {}

    /** Checks nearness to nodes and to other pods. */
    static void affinity(JsonNode affinity, String path, Violations violations) {
        JsonNode nodes = affinity.path("nodeAffinity");
        String at = path + ".nodeAffinity.";
        if (nodes.has(REQUIRED)) {
            NodeSelectorRules.selector(nodes.path(REQUIRED), at + REQUIRED, violations);
        }
        for (int i = 0; i < nodes.path(PREFERRED).size(); i++) {
            JsonNode term = nodes.path(PREFERRED).path(i);
            String each = at + PREFERRED + "[" + i + "]";
            weight(term, each, violations);
            NodeSelectorRules.term(term.path("preference"), true, each + ".preference", violations);
        }
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            pods(affinity.path(kind), path + "." + kind + ".", violations);
        }
    }

    private static void pods(JsonNode terms, String path, Violations violations) {
        for (int i = 0; i < terms.path(REQUIRED).size(); i++) {
            term(terms.path(REQUIRED).path(i), path + REQUIRED + "[" + i + "]", violations);
        }
        for (int i = 0; i < terms.path(PREFERRED).size(); i++) {
            JsonNode weighted = terms.path(PREFERRED).path(i);
            String at = path + PREFERRED + "[" + i + "]";
            weight(weighted, at, violations);
            term(weighted.path("podAffinityTerm"), at + ".podAffinityTerm", violations);
        }
    }

    private static void weight(JsonNode term, String path, Violations violations) {
        int weight = term.path("weight").asInt();
        violations.addIf(
                weight <= 0 || weight > MAX_WEIGHT,
                Violation.invalid(path + ".weight", Check.number(weight), "must be in the range 1-100"));
    }

    private static void term(JsonNode term, String path, Violations violations) {
        for (String selector : List.of("labelSelector", "namespaceSelector")) {
            SelectorRules.selector(term.path(selector), path + "." + selector, violations);
        }
        for (JsonNode namespace : term.path("namespaces")) {
            Check.text(NameRules.label(namespace.asText()), path + ".namespace", namespace.asText(), violations);
        }
        LabelKeyRules.validate(term, path, violations);
        String key = Json.text(term, "topologyKey");
        violations.addIf(key.isEmpty(), Violation.required(path + ".topologyKey", "can not be empty"));
        Check.text(NameRules.qualifiedName(key), path + ".topologyKey", key, violations);
    }

    /** Checks how pods are to be spread. */
    static void spread(JsonNode constraints, String path, Violations violations) {
        for (int i = 0; i < constraints.size(); i++) {
            JsonNode constraint = constraints.path(i);
            String at = path + "[" + i + "]";
            int skew = constraint.path("maxSkew").asInt();
            violations.addIf(
                    skew <= 0, Violation.invalid(at + ".maxSkew", Check.number(skew), "must be greater than zero"));
            violations.addIf(
                    Json.text(constraint, "topologyKey").isEmpty(),
                    Violation.required(at + ".topologyKey", "can not be empty"));
            String when = Json.text(constraint, "whenUnsatisfiable");
            violations.addIf(
                    !UNSATISFIABLE.contains(when),
                    Violation.unsupported(at + ".whenUnsatisfiable", when, UNSATISFIABLE));
            repeated(constraints, i, at, violations);
            domains(constraint.path("minDomains"), when, at + ".minDomains", violations);
            for (String field : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
                String policy = Json.text(constraint, field);
                violations.addIf(
                        constraint.has(field) && !POLICIES.contains(policy),
                        Violation.unsupported(at + "." + field, policy, POLICIES));
            }
            LabelKeyRules.validate(constraint, at, violations);
            SelectorRules.selector(constraint.path("labelSelector"), at + ".labelSelector", violations);
        }
    }

    private static void repeated(JsonNode constraints, int index, String path, Violations violations) {
        for (int i = index + 1; i < constraints.size(); i++) {
            if (kind(constraints.path(i)).equals(kind(constraints.path(index)))) {
                violations.add(Violation.duplicate(
                        path + ".{topologyKey, whenUnsatisfiable}", TextNode.valueOf(kind(constraints.path(index)))));
                return;
            }
        }
    }

    private static String kind(JsonNode constraint) {
        return "{" + Json.text(constraint, "topologyKey") + ", " + Json.text(constraint, "whenUnsatisfiable") + "}";
    }

    private static void domains(JsonNode least, String when, String path, Violations violations) {
        if (!least.isNumber()) {
            return;
        }
        violations.addIf(least.asInt() <= 0, Violation.invalid(path, least, "must be greater than zero"));
        violations.addIf(
                !when.equals("DoNotSchedule"),
                Violation.invalid(
                        path, least, "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + when));
    }
}
