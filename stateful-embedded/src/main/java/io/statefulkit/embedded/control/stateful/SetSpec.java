package io.statefulkit.embedded.control.stateful;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.loop.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a stateful set asks for.
 *
 * @param set the stateful set
 */
record SetSpec(Resource set) {

    String name() {
        return set.name();
    }

    int replicas() {
        return set.spec().path("replicas").asInt(1);
    }

    int start() {
        return set.spec().path("ordinals").path("start").asInt(0);
    }

    int minReadySeconds() {
        return set.spec().path("minReadySeconds").asInt(0);
    }

    boolean parallel() {
        return set.spec().path("podManagementPolicy").asText("").equals("Parallel");
    }

    boolean onDelete() {
        return strategy().path("type").asText("").equals("OnDelete");
    }

    /** The partition; empty when there is no {@code rollingUpdate} at all, which means something else than 0. */
    OptionalInt partition() {
        JsonNode rolling = strategy().path("rollingUpdate");
        return rolling.isObject() ? OptionalInt.of(rolling.path("partition").asInt(0)) : OptionalInt.empty();
    }

    int historyLimit() {
        return set.spec().path("revisionHistoryLimit").asInt(10);
    }

    boolean deleteClaimsWhenScaled() {
        return retention("whenScaled").equals("Delete");
    }

    boolean deleteClaimsWhenDeleted() {
        return retention("whenDeleted").equals("Delete");
    }

    List<JsonNode> claimTemplates() {
        List<JsonNode> templates = new ArrayList<>();
        set.spec().path("volumeClaimTemplates").forEach(templates::add);
        return templates;
    }

    String podName(int ordinal) {
        return name() + "-" + ordinal;
    }

    String claimName(JsonNode template, int ordinal) {
        return template.path("metadata").path("name").asText() + "-" + podName(ordinal);
    }

    /** The ordinal in a pod's name; empty when the name is not one of this set's. */
    OptionalInt ordinal(String podName) {
        if (!podName.startsWith(name() + "-")) {
            return OptionalInt.empty();
        }
        String digits = podName.substring(name().length() + 1);
        boolean number =
                !digits.isEmpty() && digits.length() < 10 && digits.chars().allMatch(Character::isDigit);
        return number ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    private JsonNode strategy() {
        return set.spec().path("updateStrategy");
    }

    private String retention(String when) {
        return set.spec()
                .path("persistentVolumeClaimRetentionPolicy")
                .path(when)
                .asText("");
    }
}
