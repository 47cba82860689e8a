package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;

/**
 * Something that the embedded cluster does differently.
 *
 * @param recording the recording that shows it
 * @param subject the request or the object
 * @param text what differs
 */
record Difference(String recording, String subject, String text) {

    @Override
    public String toString() {
        return recording + " | " + subject + " | " + text;
    }

    /** Adds the differences of two trees. */
    static void compare(String path, JsonNode expected, JsonNode seen, List<String> into) {
        if (expected.isObject() && seen.isObject()) {
            TreeSet<String> fields = new TreeSet<>();
            expected.fieldNames().forEachRemaining(fields::add);
            seen.fieldNames().forEachRemaining(fields::add);
            fields.forEach(field -> compare(path + "." + field, expected.path(field), seen.path(field), into));
        } else if (expected.isArray() && seen.isArray() && expected.size() == seen.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(path + "[" + i + "]", expected.get(i), seen.get(i), into);
            }
        } else if (!expected.equals(seen)) {
            into.add(path + ": expected " + shown(expected) + ", seen " + shown(seen));
        }
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() > 400 ? text.substring(0, 400) + "..." : text;
    }
}
