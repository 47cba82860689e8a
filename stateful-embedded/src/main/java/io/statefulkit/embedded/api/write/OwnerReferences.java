package io.statefulkit.embedded.api.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Warnings;
import java.util.LinkedHashSet;
import java.util.Set;

/** Keeps one of several references to the same owner. */
final class OwnerReferences {

    private OwnerReferences() {}

    static void dropDuplicates(ObjectNode metadata) {
        JsonNode references = metadata.path("ownerReferences");
        Set<String> seen = new LinkedHashSet<>();
        Set<String> twice = new LinkedHashSet<>();
        ArrayNode kept = metadata.arrayNode();
        for (JsonNode reference : references) {
            String uid = reference.path("uid").asText();
            if (seen.add(uid)) {
                kept.add(reference);
            } else {
                twice.add(uid);
            }
        }
        if (!twice.isEmpty()) {
            metadata.set("ownerReferences", kept);
            Warnings.add(".metadata.ownerReferences contains duplicate entries; API server dedups owner references in"
                    + " 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s)"
                    + " observed: " + String.join(", ", twice));
        }
    }
}
