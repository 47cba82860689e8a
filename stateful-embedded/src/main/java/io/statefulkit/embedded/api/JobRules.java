package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;

/** Jobs. */
final class JobRules implements KindRules {

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
        labels.put("controller-uid", uid).put(UID_LABEL, uid);
        labels.put("job-name", name).put("batch.kubernetes.io/job-name", name);
        Json.child(Json.child(spec, "selector"), "matchLabels").put(UID_LABEL, uid);
    }
}
