package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.AsStored;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.select.LabelSelector;
import io.statefulkit.embedded.json.Json;

/** A job gets a selector of its own unless it says that it brings one. */
final class JobSelectorRules {

    private JobSelectorRules() {}

    /** Finds what contradicts the labels and the selector that a job gets. */
    static void generated(ObjectNode job, Violations violations) {
        JsonNode spec = job.path("spec");
        if (spec.path("manualSelector").asBoolean() || !spec.path("selector").isObject()) {
            return;
        }
        String uid = Json.text(job, "metadata", "uid");
        String name = Json.text(job, "metadata", "name");
        ObjectNode expected = Json.object();
        expected.put("controller-uid", uid).put("job-name", name);
        expected.put("batch.kubernetes.io/controller-uid", uid).put("batch.kubernetes.io/job-name", name);
        JsonNode labels = Json.at(spec, "template", "metadata", "labels");
        expected.properties().forEach(label -> {
            String path = "spec.template.metadata.labels[" + label.getKey() + "]";
            String must = "must be '" + label.getValue().asText() + "'";
            if (!labels.has(label.getKey())) {
                violations.add(Violation.required(path, must));
            } else {
                violations.addIf(
                        !Json.same(labels.path(label.getKey()), label.getValue()),
                        Violation.invalid(path, AsStored.map(labels), must));
            }
        });
        violations.addIf(
                !LabelSelector.of(spec.path("selector")).matchesLabels(expected),
                Violation.invalid(
                        "spec.selector", AsStored.selector(spec.path("selector")), "`selector` not auto-generated"));
    }
}
