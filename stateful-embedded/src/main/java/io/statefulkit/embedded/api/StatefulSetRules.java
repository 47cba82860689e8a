package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** Stateful sets. */
final class StatefulSetRules implements KindRules {

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
}
