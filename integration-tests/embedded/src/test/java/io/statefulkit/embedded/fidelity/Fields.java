package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Every value that each field of one object had during a run. Entries of lists are told apart by what they are about, their
 * type or their name where they have one, else by their place.
 */
final class Fields {

    private static final List<String> KEYS = List.of("type", "name", "uid", "port");

    /** How often something happened or is looked at; whether that is as recorded is judged by milestones and events. */
    private static final Pattern CHANCE = Pattern.compile(
            "\\.(metadata\\.generation|status\\.ready|count|involvedObject\\.(resourceVersion|fieldPath))");

    private final Map<String, Set<String>> values = new LinkedHashMap<>();

    private final Set<String> last = new HashSet<>();

    /** Takes a state of the object, after its normalisation. */
    void add(JsonNode object) {
        last.clear();
        add("", object);
    }

    private void add(String path, JsonNode node) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(field -> add(path + "." + field.getKey(), field.getValue()));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                add(path + "[" + key(node.get(i), i) + "]", node.get(i));
            }
        } else {
            values.computeIfAbsent(path, ignored -> new LinkedHashSet<>()).add(node.toString());
            last.add(path);
        }
    }

    private static String key(JsonNode entry, int index) {
        if (entry.hasNonNull("targetRef")) {
            return entry.path("targetRef").path("name").asText();
        }
        return KEYS.stream()
                .filter(entry::hasNonNull)
                .map(field -> entry.path(field).asText())
                .findFirst()
                .orElse(Integer.toString(index));
    }

    /** Returns the fields that another run lacked, and those fields and values that it had and this one had not. */
    List<String> comparedWith(Fields other) {
        Set<String> differences = new LinkedHashSet<>();
        Set<String> paths = new TreeSet<>(values.keySet());
        paths.addAll(other.values.keySet());
        for (String path : paths) {
            Set<String> want = values.getOrDefault(path, Set.of());
            Set<String> have = other.values.getOrDefault(path, Set.of());
            if (have.isEmpty()) {
                // A state that is passed over has fields that nothing else has.
                if (!path.startsWith(".status") || last.contains(path)) {
                    differences.add("lacks the field " + path + " " + shortened(want));
                }
            } else if (want.isEmpty()) {
                differences.add("invents the field " + path + " " + shortened(have));
            } else if (!CHANCE.matcher(path).matches() && !want.containsAll(have)) {
                Set<String> invented = new LinkedHashSet<>(have);
                invented.removeAll(want);
                differences.add("invents " + path + " " + shortened(invented) + " besides " + shortened(want));
            }
        }
        return List.copyOf(differences);
    }

    private static String shortened(Set<String> values) {
        String text = values.toString();
        return text.length() > 400 ? text.substring(0, 400) + "..." : text;
    }
}
