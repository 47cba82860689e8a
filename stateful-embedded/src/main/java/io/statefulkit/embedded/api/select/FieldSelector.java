package io.statefulkit.embedded.api.select;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Matches fields by value: {@code metadata.name=x,status.phase!=Running}. Immutable. */
public final class FieldSelector {

    private static final Set<String> EVERY_KIND = Set.of("metadata.name", "metadata.namespace");

    private static final Map<String, Set<String>> FIELDS = Map.of(
            "pods",
                    Set.of(
                            "spec.nodeName",
                            "spec.restartPolicy",
                            "spec.schedulerName",
                            "spec.serviceAccountName",
                            "spec.hostNetwork",
                            "status.phase",
                            "status.podIP",
                            "status.nominatedNodeName"),
            "events",
                    Set.of(
                            "involvedObject.kind",
                            "involvedObject.namespace",
                            "involvedObject.name",
                            "involvedObject.uid",
                            "involvedObject.apiVersion",
                            "involvedObject.resourceVersion",
                            "involvedObject.fieldPath",
                            "reason",
                            "reportingComponent",
                            "source",
                            "type"),
            "secrets", Set.of("type"),
            "namespaces", Set.of("status.phase"),
            "nodes", Set.of("spec.unschedulable"),
            "services", Set.of("spec.clusterIP", "spec.type"),
            "jobs.batch", Set.of("status.successful"),
            "replicasets.apps", Set.of("status.replicas"));

    /** Fields that are false or 0 when they are absent. */
    private static final Map<String, String> ABSENT = Map.of(
            "spec.hostNetwork",
            "false",
            "spec.unschedulable",
            "false",
            "status.successful",
            "0",
            "status.replicas",
            "0");

    private final List<Term> terms;

    private FieldSelector(List<Term> terms) {
        this.terms = List.copyOf(terms);
    }

    /** Parses the query parameter. */
    public static FieldSelector parse(ResourceType type, String text) {
        List<Term> terms = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            terms.add(term(type, part));
        }
        return new FieldSelector(terms);
    }

    private static Term term(ResourceType type, String part) {
        int at = part.indexOf('=');
        if (at <= 0) {
            throw Failures.badRequest("invalid selector: '" + part + "'; can't understand '" + part + "'");
        }
        boolean not = part.charAt(at - 1) == '!';
        String field = part.substring(0, not ? at - 1 : at);
        String value = part.substring(part.startsWith("==", at) ? at + 2 : at + 1);
        if (!EVERY_KIND.contains(field)
                && !FIELDS.getOrDefault(type.qualified(), Set.of()).contains(field)) {
            throw Failures.badRequest("field label not supported: " + field);
        }
        return new Term(field, value, !not);
    }

    public boolean matches(ObjectNode object) {
        return terms.stream().allMatch(term -> term.matches(object));
    }

    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** One comparison. */
    private record Term(String field, String value, boolean equal) {

        boolean matches(ObjectNode object) {
            return actual(object).equals(value) == equal;
        }

        private String actual(ObjectNode object) {
            if (field.equals("source")) {
                String component = Json.text(object, "source", "component");
                return component.isEmpty() ? Json.text(object, "reportingComponent") : component;
            }
            if (field.equals("status.successful")) {
                return Json.at(object, "status", "succeeded").asText("0");
            }
            String text = Json.text(object, field.split("\\.", -1));
            return text.isEmpty() ? ABSENT.getOrDefault(field, "") : text;
        }
    }
}
