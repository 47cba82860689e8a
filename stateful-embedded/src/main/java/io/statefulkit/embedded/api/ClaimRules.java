package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;

/** Persistent volume claims. */
final class ClaimRules implements KindRules {

    static void claimDefaults(ObjectNode claim) {
        ObjectNode spec = Json.child(claim, "spec");
        Json.child(spec, "resources");
        Defaults.text(spec, "volumeMode", "Filesystem");
    }

    @Override
    public void defaults(ObjectNode claim) {
        claimDefaults(claim);
    }

    @Override
    public void prepareCreate(ObjectNode claim) {
        claim.putObject("status").put("phase", "Pending");
    }
}
