package io.statefulkit.embedded.http.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

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

    /** Returns the value at a path as text, or the other text when there is none. */
    String textOr(String other, String... path) {
        String text = at(path).asText("");
        return text.isEmpty() ? other : text;
    }

    /** Returns the number at a path, or 0. */
    Object count(String... path) {
        return at(path).asLong(0);
    }

    /** Returns the value at a path, or a missing node. */
    JsonNode at(String... path) {
        JsonNode node = object;
        for (String step : path) {
            node = node.path(step);
        }
        return node;
    }

    String readyReplicas() {
        return count("status", "readyReplicas") + "/" + at("spec", "replicas").asLong(1);
    }

    String containers() {
        return names(at("spec", "template", "spec", "containers"), "name");
    }

    String images() {
        return names(at("spec", "template", "spec", "containers"), "image");
    }

    String matchLabels() {
        return pairs(at("spec", "selector", "matchLabels"));
    }

    /** Returns the kind and name of the controlling owner. */
    String controller() {
        for (JsonNode owner : at("metadata", "ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                String apiVersion = owner.path("apiVersion").asText();
                int slash = apiVersion.indexOf('/');
                return owner.path("kind").asText().toLowerCase(Locale.ROOT)
                        + (slash < 0 ? "" : "." + apiVersion.substring(0, slash))
                        + "/"
                        + owner.path("name").asText();
            }
        }
        return "<none>";
    }

    /** Joins one field of all elements. */
    static String names(JsonNode list, String field) {
        List<String> names = new ArrayList<>();
        list.forEach(each -> names.add(each.path(field).asText()));
        return String.join(",", names);
    }

    /** Writes a map as {@code a=b,c=d}, sorted. */
    static String pairs(JsonNode map) {
        if (map.isEmpty()) {
            return "<none>";
        }
        TreeSet<String> pairs = new TreeSet<>();
        map.properties()
                .forEach(entry ->
                        pairs.add(entry.getKey() + "=" + entry.getValue().asText()));
        return String.join(",", pairs);
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
