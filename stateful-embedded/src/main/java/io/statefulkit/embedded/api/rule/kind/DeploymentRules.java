package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.AsStored;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Percent;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.rule.pod.PodSpecDefaults;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** Deployments. */
final class DeploymentRules implements KindRules {

    private static final ReplicaCounts COUNTS = new ReplicaCounts(
            List.of(
                    "observedGeneration",
                    "replicas",
                    "updatedReplicas",
                    "readyReplicas",
                    "availableReplicas",
                    "unavailableReplicas",
                    "terminatingReplicas",
                    "collisionCount"),
            List.of("updatedReplicas", "readyReplicas", "availableReplicas"),
            "readyReplicas");

    @Override
    public void defaults(ObjectNode deployment) {
        ObjectNode spec = Json.child(deployment, "spec");
        PodSpecDefaults.ofTemplate(spec);
        Defaults.number(spec, "replicas", 1);
        ObjectNode strategy = Json.child(spec, "strategy");
        Defaults.text(strategy, "type", "RollingUpdate");
        if (Json.text(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = Json.child(strategy, "rollingUpdate");
            Defaults.text(rolling, "maxUnavailable", "25%");
            Defaults.text(rolling, "maxSurge", "25%");
        }
        Defaults.number(spec, "revisionHistoryLimit", 10);
        Defaults.number(spec, "progressDeadlineSeconds", 600);
    }

    @Override
    public void prepareCreate(ObjectNode deployment) {
        deployment.putObject("status");
    }

    @Override
    public void validate(ObjectNode deployment, Violations violations) {
        ObjectNode spec = Json.child(deployment, "spec");
        Check.notNegative(spec, "replicas", "spec", violations);
        ReplicaSetRules.pods(spec, violations);
        strategy(spec.path("strategy"), violations);
        Check.notNegative(spec, "minReadySeconds", "spec", violations);
        Check.notNegative(spec, "revisionHistoryLimit", "spec", violations);
        JsonNode deadline = spec.path("progressDeadlineSeconds");
        Check.notNegative(spec, "progressDeadlineSeconds", "spec", violations);
        violations.addIf(
                deadline.isNumber()
                        && deadline.asInt() <= spec.path("minReadySeconds").asInt(),
                Violation.invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds"));
    }

    @Override
    public void validateStatus(ObjectNode deployment, Violations violations) {
        COUNTS.validate(deployment, violations);
    }

    private static void strategy(JsonNode strategy, Violations violations) {
        JsonNode rolling = strategy.path("rollingUpdate");
        switch (Json.text(strategy, "type")) {
            case "Recreate" ->
                violations.addIf(
                        rolling.isObject(),
                        Violation.forbidden(
                                "spec.strategy.rollingUpdate",
                                "may not be specified when strategy `type` is 'Recreate'"));
            case "RollingUpdate" -> rolling(rolling, violations);
            default ->
                violations.add(Violation.unsupported(
                        "spec.strategy",
                        AsStored.strategy(strategy, List.of("maxUnavailable", "maxSurge")),
                        List.of("Recreate", "RollingUpdate")));
        }
    }

    private static void rolling(JsonNode rolling, Violations violations) {
        String path = "spec.strategy.rollingUpdate";
        Percent.check(rolling, "maxUnavailable", path, violations);
        Percent.check(rolling, "maxSurge", path, violations);
        violations.addIf(
                zero(rolling.path("maxUnavailable")) && zero(rolling.path("maxSurge")),
                Violation.invalid(
                        path + ".maxUnavailable", rolling.path("maxUnavailable"), "may not be 0 when `maxSurge` is 0"));
        Percent.atMostAll(rolling, "maxUnavailable", path, violations);
    }

    private static boolean zero(JsonNode value) {
        return value.asText().equals("0") || value.asText().equals("0%");
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        Check.immutableSelector(old.path("spec"), next.path("spec"), violations);
    }
}
