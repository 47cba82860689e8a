package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.AsStored;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.SelectorRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.rule.pod.PodSpecDefaults;
import io.statefulkit.embedded.api.select.LabelSelector;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** Jobs. */
final class JobRules implements KindRules {

    /** What keeps the value that it had. */
    private static final List<String> FROZEN =
            List.of("completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy");

    /** What may change of the template of a suspended job, besides the resources of its containers. */
    private static final List<String> SCHEDULING = List.of("nodeSelector", "tolerations", "schedulingGates");

    private static final String UID_LABEL = "batch.kubernetes.io/controller-uid";

    @Override
    public void defaults(ObjectNode job) {
        ObjectNode spec = Json.child(job, "spec");
        specDefaults(spec);
        ObjectNode metadata = Json.child(job, "metadata");
        if (metadata.path("labels").isEmpty()
                && !Json.at(spec, "template", "metadata", "labels").isEmpty()) {
            metadata.set(
                    "labels", Json.at(spec, "template", "metadata", "labels").deepCopy());
        }
    }

    static void specDefaults(ObjectNode spec) {
        PodSpecDefaults.ofTemplate(spec);
        if (!spec.hasNonNull("completions") && !spec.hasNonNull("parallelism")) {
            spec.put("completions", 1).put("parallelism", 1);
        }
        Defaults.number(spec, "parallelism", 1);
        if (!Json.text(spec, "completionMode").equals("Indexed") || !spec.hasNonNull("backoffLimitPerIndex")) {
            Defaults.number(spec, "backoffLimit", 6);
        } else {
            Defaults.number(spec, "backoffLimit", Integer.MAX_VALUE);
        }
        Defaults.text(spec, "completionMode", "NonIndexed");
        Defaults.flag(spec, "suspend", false);
        Defaults.text(
                spec, "podReplacementPolicy", spec.hasNonNull("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
        Defaults.flag(spec, "manualSelector", false);
    }

    @Override
    public void prepareCreate(ObjectNode job) {
        job.putObject("status");
        ObjectNode spec = Json.child(job, "spec");
        if (spec.path("manualSelector").asBoolean()) {
            return;
        }
        String uid = Json.text(job, "metadata", "uid");
        String name = Json.text(job, "metadata", "name");
        ObjectNode labels = Json.child(Json.child(Json.child(spec, "template"), "metadata"), "labels");
        boolean shared =
                Json.at(job, "metadata", "labels").isEmpty() || Json.same(Json.at(job, "metadata", "labels"), labels);
        if (!labels.has("controller-uid")) {
            labels.put("controller-uid", uid).put(UID_LABEL, uid);
        }
        if (!labels.has("job-name")) {
            labels.put("job-name", name).put("batch.kubernetes.io/job-name", name);
        }
        ObjectNode selected = Json.child(Json.child(spec, "selector"), "matchLabels");
        if (!selected.has(UID_LABEL)) {
            selected.put(UID_LABEL, uid);
        }
        if (shared) {
            Json.child(job, "metadata").set("labels", labels.deepCopy());
        }
    }

    @Override
    public void validate(ObjectNode job, Violations violations) {
        JobSelectorRules.generated(job, violations);
        wholeSpec(job.path("spec"), violations);
        JsonNode completions = Json.at(job, "spec", "completions");
        if (Json.text(job, "spec", "completionMode").equals("Indexed") && completions.asInt() > 0) {
            String name = Json.text(job, "metadata", "name");
            String last = name + "-" + (completions.asInt() - 1);
            violations.addIf(
                    !NameRules.label(last).isEmpty(),
                    Violation.invalid(
                            "metadata.name", name, "will not able to create pod with invalid DNS label: " + last));
        }
    }

    private static void wholeSpec(JsonNode spec, Violations violations) {
        JobSpecRules.validate(spec, "spec", violations);
        JsonNode selector = spec.path("selector");
        violations.addIf(!selector.isObject(), Violation.required("spec.selector", ""));
        int before = violations.count();
        SelectorRules.selector(selector, "spec.selector", violations);
        JsonNode labels = Json.at(spec, "template", "metadata", "labels");
        boolean matches = violations.count() > before
                || (selector.isObject() && LabelSelector.of(selector).matchesLabels(labels));
        violations.addIf(
                !matches,
                Violation.invalid(
                        "spec.template.metadata.labels",
                        AsStored.map(labels),
                        "`selector` does not match template `labels`"));
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        JsonNode before = old.path("spec");
        JsonNode after = next.path("spec");
        wholeSpec(after, violations);
        completions(before, after, violations);
        Check.immutableSelector(before, after, violations);
        boolean waiting =
                before.path("suspend").asBoolean() && !old.path("status").has("startTime");
        Check.immutable(
                waiting ? likeThat(before.path("template"), after.path("template")) : before.path("template"),
                after.path("template"),
                "spec.template",
                violations);
        for (String field : FROZEN) {
            Check.immutable(before.path(field), after.path(field), "spec." + field, violations);
        }
    }

    private static void completions(JsonNode before, JsonNode after, Violations violations) {
        JsonNode wanted = after.path("completions");
        if (!Json.text(after, "completionMode").equals("Indexed")) {
            Check.immutable(before.path("completions"), wanted, "spec.completions", violations);
            return;
        }
        violations.addIf(
                !Json.same(before.path("completions"), wanted)
                        && wanted.isNumber()
                        && !Json.same(wanted, after.path("parallelism")),
                Violation.invalid("spec.completions", wanted, "can only be modified in tandem with spec.parallelism"));
    }

    /** Returns a template that differs from the new one only in what may not change. */
    private static JsonNode likeThat(JsonNode before, JsonNode after) {
        ObjectNode copy = before.deepCopy();
        ObjectNode spec = Json.child(copy, "spec");
        SCHEDULING.forEach(field -> Metadata.copyOrRemove(after.path("spec"), spec, field));
        for (String field : List.of("labels", "annotations")) {
            Metadata.copyOrRemove(after.path("metadata"), Json.child(copy, "metadata"), field);
        }
        ObjectNode affinity = Json.child(spec, "affinity");
        Metadata.copyOrRemove(after.path("spec").path("affinity"), affinity, "nodeAffinity");
        if (affinity.isEmpty() && !after.path("spec").has("affinity")) {
            spec.remove("affinity");
        }
        for (String list : List.of("containers", "initContainers")) {
            resources(spec.path(list), after.path("spec").path(list));
        }
        return copy;
    }

    private static void resources(JsonNode before, JsonNode after) {
        for (int i = 0; i < before.size(); i++) {
            if (before.path(i) instanceof ObjectNode container) {
                Metadata.copyOrRemove(after.path(i), container, "resources");
            }
        }
    }
}
