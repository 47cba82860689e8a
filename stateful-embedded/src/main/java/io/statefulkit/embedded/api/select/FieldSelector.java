package io.statefulkit.embedded.api.select;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Matches fields by value: {@code metadata.name=x,status.phase!=Running}. Immutable. */
public final class FieldSelector {

    private static final String NAME = "metadata.name";
    private static final String NAMESPACE = "metadata.namespace";

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
                            "status.podIPs",
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

    /**
     * Parses the query parameter; an empty text matches everything.
     *
     * @throws Failure 400 when it is no selector, or names a field that cannot be selected by
     */
    public static FieldSelector parse(ResourceType type, String text) {
        List<Term> terms = FieldSelectorParser.parse(text);
        for (Term term : terms) {
            require(type, term.field());
        }
        return new FieldSelector(terms);
    }

    private static void require(ResourceType type, String field) {
        Set<String> own = FIELDS.getOrDefault(type.qualified(), Set.of());
        boolean ofEveryKind = field.equals(NAME) || (field.equals(NAMESPACE) && (type.namespaced() || own.isEmpty()));
        if (ofEveryKind || own.contains(field)) {
            return;
        }
        if (own.isEmpty()) {
            throw Failures.badRequest(
                    "\"" + field + "\" is not a known field selector: only \"" + NAME + "\", \"" + NAMESPACE + "\"");
        }
        throw Failures.badRequest(
                type.equals(ResourceCatalog.JOBS)
                        ? "field label \"" + field + "\" not supported for batchv1.Job"
                        : "field label not supported: " + field);
    }

    public boolean matches(ObjectNode object) {
        return terms.stream().allMatch(term -> term.matches(object));
    }

    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** One comparison. */
    record Term(String field, String value, boolean equal) {

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
