package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Violations;
import java.util.List;

/**
 * What makes the status of a workload valid: no count is negative, and none of some of its pods is larger than that of all.
 *
 * @param counts the counts of the status, in the order in which they are looked at
 * @param parts those of some of the pods
 * @param ready how the count of ready pods is called in the message about available ones
 */
record ReplicaCounts(List<String> counts, List<String> parts, String ready) {

    ReplicaCounts {
        counts = List.copyOf(counts);
        parts = List.copyOf(parts);
    }

    void validate(ObjectNode workload, Violations violations) {
        JsonNode status = workload.path("status");
        counts.forEach(count -> Check.notNegative(status, count, "status", violations));
        for (String part : parts) {
            notAbove(status, part, "replicas", "status.replicas", violations);
        }
        notAbove(status, "availableReplicas", "readyReplicas", ready, violations);
    }

    private static void notAbove(JsonNode status, String part, String all, String called, Violations violations) {
        long count = status.path(part).asLong();
        violations.addIf(
                count > status.path(all).asLong(),
                Violation.invalid("status." + part, LongNode.valueOf(count), "cannot be greater than " + called));
    }
}
