package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;

/** Deployments. */
final class DeploymentRules implements KindRules {

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
}
