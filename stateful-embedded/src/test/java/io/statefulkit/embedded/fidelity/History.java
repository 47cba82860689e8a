package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What happened to each object of a run: its distinct milestones in order, and the reasons of the events about it. */
final class History {

    /** The milestone of an object that is gone. */
    static final String GONE = "GONE";

    // Whether a probe fails before a server is up, or a claim waits before its pod is scheduled, depends on who is
    // faster.
    private static final Set<String> CHANCE = Set.of("Unhealthy", "WaitForFirstConsumer");

    private final Identities identities = new Identities();
    private final Map<String, List<String>> milestones = new LinkedHashMap<>();
    private final Map<String, TreeSet<String>> facetsOf = new HashMap<>();
    private final Map<String, TreeSet<String>> reasons = new TreeMap<>();

    /** Takes an event of a watch; says what it means. */
    synchronized void add(String resource, String type, JsonNode object) {
        if (resource.equals("events")) {
            if (!type.equals("DELETED")) {
                JsonNode about = object.path("involvedObject");
                String key =
                        about.path("kind").asText() + " " + about.path("name").asText();
                String reason = object.path("reason").asText();
                if (!CHANCE.contains(reason)) {
                    reasons.computeIfAbsent(key, ignored -> new TreeSet<>())
                            .add(object.path("type").asText() + " " + reason);
                }
            }
            return;
        }
        String identity = identities.of(resource, object);
        Map<String, String> facets = type.equals("DELETED") ? Map.of() : Milestone.of(resource, object);
        TreeSet<String> known = facetsOf.computeIfAbsent(identity, ignored -> new TreeSet<>());
        known.addAll(facets.keySet());
        known.forEach(facet -> {
            boolean gone = type.equals("DELETED");
            String state = gone ? GONE : facets.getOrDefault(facet, "absent");
            add(identity + " " + identities.generatedNames().getOrDefault(facet, facet), state);
        });
    }

    private void add(String track, String state) {
        List<String> states = milestones.computeIfAbsent(track, ignored -> new ArrayList<>());
        if (states.isEmpty() || !states.get(states.size() - 1).equals(state)) {
            states.add(state);
        }
    }

    synchronized Map<String, List<String>> milestones() {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        milestones.forEach((identity, track) -> copy.put(identity, List.copyOf(track)));
        return copy;
    }

    synchronized List<String> of(String identity) {
        return List.copyOf(milestones.getOrDefault(identity, List.of()));
    }

    synchronized Map<String, Set<String>> reasons() {
        Map<String, Set<String>> copy = new TreeMap<>();
        // A name that was generated is replaced late: its event may have come before its object.
        reasons.forEach((about, all) -> {
            int blank = about.indexOf(' ');
            copy.computeIfAbsent(
                            about.substring(0, blank + 1) + nameOf(about.substring(blank + 1)), key -> new TreeSet<>())
                    .addAll(all);
        });
        return copy;
    }

    Identities identities() {
        return identities;
    }

    private String nameOf(String name) {
        return identities.generatedNames().getOrDefault(name, name);
    }
}
