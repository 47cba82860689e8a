package io.statefulkit.embedded.control.loop;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One owner of an object.
 *
 * @param apiVersion the API version of the owner
 * @param kind the kind of the owner
 * @param name the name of the owner
 * @param uid the uid of the owner
 * @param controller whether the owner controls the object
 * @param blocks whether a foreground deletion of the owner waits for the object
 */
public record OwnerRef(String apiVersion, String kind, String name, String uid, boolean controller, boolean blocks) {

    static OwnerRef of(JsonNode ref) {
        return new OwnerRef(
                ref.path("apiVersion").asText(""),
                ref.path("kind").asText(""),
                ref.path("name").asText(""),
                ref.path("uid").asText(""),
                ref.path("controller").asBoolean(false),
                ref.path("blockOwnerDeletion").asBoolean(false));
    }
}
