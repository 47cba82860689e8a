package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.rule.pod.PodSpecDefaults;
import io.statefulkit.embedded.api.rule.pod.PodSpecRules;
import io.statefulkit.embedded.api.select.LabelSelector;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Set;

/** Jobs. */
final class JobRules implements KindRules {

    private static final List<String> NUMBERS = List.of(
            "parallelism",
            "completions",
            "activeDeadlineSeconds",
            "backoffLimit",
            "ttlSecondsAfterFinished",
            "backoffLimitPerIndex",
            "maxFailedIndexes");

    private static final List<String> MODES = List.of("Indexed", "NonIndexed");

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
        labels.put("controller-uid", uid).put(UID_LABEL, uid);
        labels.put("job-name", name).put("batch.kubernetes.io/job-name", name);
        Json.child(Json.child(spec, "selector"), "matchLabels").put(UID_LABEL, uid);
        if (shared) {
            Json.child(job, "metadata").set("labels", labels.deepCopy());
        }
    }

    @Override
    public void validate(ObjectNode job, Violations violations) {
        JsonNode spec = job.path("spec");
        spec(spec, "spec", violations);
        if (!spec.path("selector").isObject()) {
            violations.add(Violation.required("spec.selector", ""));
        } else if (!LabelSelector.of(spec.path("selector"))
                .matchesLabels(Json.at(spec, "template", "metadata", "labels"))) {
            violations.add(Violation.invalid(
                    "spec.template.metadata.labels",
                    Json.at(spec, "template", "metadata", "labels"),
                    "`selector` does not match template `labels`"));
        }
    }

    static void spec(JsonNode spec, String path, Violations violations) {
        for (String field : NUMBERS) {
            Check.notNegative(spec, field, path, violations);
        }
        String mode = Json.text(spec, "completionMode");
        violations.addIf(
                !mode.isEmpty() && !MODES.contains(mode), Violation.unsupported(path + ".completionMode", mode, MODES));
        violations.addIf(
                mode.equals("Indexed") && !spec.hasNonNull("completions"),
                Violation.required(path + ".completions", "when completion mode is Indexed"));
        PodSpecRules.template(spec.path("template"), path + ".template", Set.of(), violations);
        String policy = Json.text(spec, "template", "spec", "restartPolicy");
        violations.addIf(
                policy.equals("Always"),
                Violation.required(path + ".template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\""));
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        JsonNode before = old.path("spec");
        JsonNode after = next.path("spec");
        boolean indexed = Json.text(after, "completionMode").equals("Indexed");
        if (indexed) {
            violations.addIf(
                    !Json.same(before.path("completions"), after.path("completions"))
                            && after.hasNonNull("completions")
                            && !Json.same(after.path("completions"), after.path("parallelism")),
                    Violation.invalid(
                            "spec.completions",
                            after.path("completions"),
                            "can only be modified in tandem with spec.parallelism"));
        } else {
            Check.immutable(before.path("completions"), after.path("completions"), "spec.completions", violations);
        }
        Check.immutable(before.path("selector"), after.path("selector"), "spec.selector", violations);
        Check.immutable(before.path("template"), after.path("template"), "spec.template", violations);
        Check.immutable(before.path("completionMode"), after.path("completionMode"), "spec.completionMode", violations);
    }
}
