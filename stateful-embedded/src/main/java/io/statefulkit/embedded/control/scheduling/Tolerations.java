package io.statefulkit.embedded.control.scheduling;

import com.fasterxml.jackson.databind.JsonNode;

/** What a toleration of a pod covers. */
final class Tolerations {

    private Tolerations() {}

    static boolean covers(JsonNode toleration, String key, String value, String effect) {
        String ofKey = toleration.path("key").asText("");
        String ofEffect = toleration.path("effect").asText("");
        boolean exists = toleration.path("operator").asText("Equal").equals("Exists");
        boolean sameKey = ofKey.isEmpty() ? exists : ofKey.equals(key);
        boolean sameValue = exists || toleration.path("value").asText("").equals(value);
        return sameKey && sameValue && (ofEffect.isEmpty() || ofEffect.equals(effect));
    }
}
