package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * What the cells of an object's row are made of.
 *
 * @param object the object
 * @param now the time that ages are measured to
 */
record Cells(ObjectNode object, Instant now) {

    String name() {
        return object.path("metadata").path("name").asText();
    }

    String age() {
        return since(object.path("metadata").path("creationTimestamp"));
    }

    /** Returns the time since a timestamp in Kubernetes' short form. */
    String since(JsonNode timestamp) {
        try {
            return timestamp.isTextual()
                    ? brief(Duration.between(Instant.parse(timestamp.asText()), now))
                    : "<unknown>";
        } catch (DateTimeParseException e) {
            return "<unknown>";
        }
    }

    /** Writes a duration as {@code kubectl get} does: the further back, the coarser. */
    static String brief(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        long minutes = seconds / 60;
        long hours = minutes / 60;
        long days = hours / 24;
        if (seconds < 120) {
            return seconds + "s";
        }
        if (minutes < 10) {
            return minutes + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
        }
        if (hours < 3) {
            return minutes + "m";
        }
        if (hours < 8) {
            return hours + "h" + (minutes % 60 == 0 ? "" : minutes % 60 + "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        if (days < 8) {
            return days + "d" + (hours % 24 == 0 ? "" : hours % 24 + "h");
        }
        return days < 730 ? days + "d" : days / 365 + "y";
    }
}
