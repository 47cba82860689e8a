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
import io.statefulkit.embedded.api.rule.pod.PodSpecRules;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stateful sets. */
final class StatefulSetRules implements KindRules {

    private static final ReplicaCounts COUNTS = new ReplicaCounts(
            List.of(
                    "replicas",
                    "readyReplicas",
                    "currentReplicas",
                    "updatedReplicas",
                    "availableReplicas",
                    "observedGeneration",
                    "collisionCount"),
            List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"),
            "status.readyReplicas");

    private static final List<String> CHANGEABLE = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    private static final List<String> ROLLING = List.of("partition", "maxUnavailable");

    @Override
    public void defaults(ObjectNode set) {
        ObjectNode spec = Json.child(set, "spec");
        PodSpecDefaults.ofTemplate(spec);
        Defaults.number(spec, "replicas", 1);
        Defaults.text(spec, "podManagementPolicy", "OrderedReady");
        ObjectNode strategy = Json.child(spec, "updateStrategy");
        if (Json.text(strategy, "type").isEmpty()) {
            strategy.put("type", "RollingUpdate");
            Defaults.number(Json.child(strategy, "rollingUpdate"), "partition", 0);
        } else if (strategy.get("rollingUpdate") instanceof ObjectNode rolling) {
            Defaults.number(rolling, "partition", 0);
            rolling.remove("maxUnavailable"); // Its feature is off by default, so servers drop the field.
        }
        ObjectNode retention = Json.child(spec, "persistentVolumeClaimRetentionPolicy");
        Defaults.text(retention, "whenDeleted", "Retain");
        Defaults.text(retention, "whenScaled", "Retain");
        Defaults.number(spec, "revisionHistoryLimit", 10);
        for (ObjectNode claim : Json.objects(spec, "volumeClaimTemplates")) {
            claim.put("kind", "PersistentVolumeClaim").put("apiVersion", "v1");
            ClaimRules.claimDefaults(claim);
            Defaults.text(Json.child(claim, "status"), "phase", "Pending");
        }
    }

    @Override
    public void prepareCreate(ObjectNode set) {
        set.putObject("status").put("replicas", 0).put("availableReplicas", 0);
    }

    @Override
    public List<String> nameProblems(String name) {
        return NameRules.label(name);
    }

    @Override
    public void validate(ObjectNode set, Violations violations) {
        ObjectNode spec = Json.child(set, "spec");
        String policy = Json.text(spec, "podManagementPolicy");
        violations.addIf(
                !policy.equals("OrderedReady") && !policy.equals("Parallel"),
                Violation.invalid("spec.podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'"));
        updateStrategy(spec.path("updateStrategy"), violations);
        for (String field : List.of("whenDeleted", "whenScaled")) {
            Check.oneOf(
                    spec.path("persistentVolumeClaimRetentionPolicy"),
                    field,
                    "spec.persistentVolumeClaimRetentionPolicy",
                    List.of("Retain", "Delete"),
                    violations);
        }
        Check.notNegative(spec, "replicas", "spec", violations);
        Check.notNegative(spec, "minReadySeconds", "spec", violations);
        Check.notNegative(spec.path("ordinals"), "start", "spec.ordinals", violations);
        Check.notNegative(spec, "revisionHistoryLimit", "spec", violations);
        String service = Json.text(spec, "serviceName");
        if (!service.isEmpty()) {
            Check.text(NameRules.label(service), "spec.serviceName", service, violations);
        }
        if (SelectorRules.workload(spec, "statefulset", "", violations)) {
            Set<String> claims = new HashSet<>();
            spec.path("volumeClaimTemplates").forEach(claim -> claims.add(Json.text(claim, "metadata", "name")));
            PodSpecRules.template(spec.path("template"), "spec.template", claims, violations);
        }
        PodSpecRules.alwaysRestarted(spec, "StatefulSet", violations);
    }

    @Override
    public void validateStatus(ObjectNode set, Violations violations) {
        COUNTS.validate(set, violations);
    }

    private static void updateStrategy(JsonNode strategy, Violations violations) {
        switch (Json.text(strategy, "type")) {
            case "OnDelete" ->
                violations.addIf(
                        strategy.has("rollingUpdate"),
                        Violation.invalid(
                                "spec.updateStrategy.rollingUpdate",
                                AsStored.fields(strategy.path("rollingUpdate"), ROLLING),
                                "only allowed for updateStrategy 'RollingUpdate'"));
            case "RollingUpdate" ->
                Check.notNegative(
                        strategy.path("rollingUpdate"), "partition", "spec.updateStrategy.rollingUpdate", violations);
            default ->
                violations.add(Violation.invalid(
                        "spec.updateStrategy",
                        AsStored.strategy(strategy, ROLLING),
                        "must be 'RollingUpdate' or 'OnDelete'"));
        }
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        ObjectNode before = old.path("spec").deepCopy();
        ObjectNode after = next.path("spec").deepCopy();
        before.remove(CHANGEABLE);
        after.remove(CHANGEABLE);
        violations.addIf(
                !Json.same(before, after),
                Violation.forbidden(
                        "spec",
                        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                                + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy'"
                                + " and 'minReadySeconds' are forbidden"));
    }
}
