package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.SelectorRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.rule.pod.PodSpecDefaults;
import io.statefulkit.embedded.api.rule.pod.PodSpecRules;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Set;

/** Replica sets. */
final class ReplicaSetRules implements KindRules {

    private static final ReplicaCounts COUNTS = new ReplicaCounts(
            List.of(
                    "replicas",
                    "fullyLabeledReplicas",
                    "readyReplicas",
                    "availableReplicas",
                    "terminatingReplicas",
                    "observedGeneration"),
            List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas"),
            "readyReplicas");

    @Override
    public void defaults(ObjectNode set) {
        ObjectNode spec = Json.child(set, "spec");
        PodSpecDefaults.ofTemplate(spec);
        Defaults.number(spec, "replicas", 1);
    }

    @Override
    public void prepareCreate(ObjectNode set) {
        set.putObject("status").put("replicas", 0);
    }

    @Override
    public void validate(ObjectNode set, Violations violations) {
        ObjectNode spec = Json.child(set, "spec");
        Check.notNegative(spec, "replicas", "spec", violations);
        Check.notNegative(spec, "minReadySeconds", "spec", violations);
        pods(spec, violations);
    }

    @Override
    public void validateStatus(ObjectNode set, Violations violations) {
        COUNTS.validate(set, violations);
    }

    /** Checks the selector and the template, of deployments too: both are called deployment, and their pods a replica set's. */
    static void pods(ObjectNode spec, Violations violations) {
        if (SelectorRules.workload(spec, "deployment", "invalid label selector", violations)) {
            PodSpecRules.template(spec.path("template"), "spec.template", Set.of(), violations);
            PodSpecRules.alwaysRestarted(spec, "ReplicaSet", violations);
        }
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        Check.immutableSelector(old.path("spec"), next.path("spec"), violations);
    }
}
