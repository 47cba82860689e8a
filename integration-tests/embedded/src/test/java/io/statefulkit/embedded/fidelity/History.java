package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What happened to each object of a run: its distinct milestones in order, the values of all its fields, and the events
 * about it.
 */
final class History {

    /** The milestone of an object that is gone. */
    static final String GONE = "GONE";

    private record Frame(String identity, JsonNode object) {}

    private final Identities identities = new Identities();
    private final Map<String, List<String>> milestones = new LinkedHashMap<>();
    private final Map<String, TreeSet<String>> facetsOf = new HashMap<>();
    private final List<Frame> frames = new ArrayList<>();
    private final Map<String, JsonNode> pods = new HashMap<>();
    private final EventLog events = new EventLog();
    private volatile long changes;

    /** Takes an event of a watch; says what it means. */
    synchronized void add(String resource, String type, JsonNode object) {
        if (object.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        take(resource, type, object);
        changes++;
    }

    /** Returns how much was taken so far: while that stays, all the rest stays. */
    long changes() {
        return changes;
    }

    private void take(String resource, String type, JsonNode object) {
        boolean gone = type.equals("DELETED");
        if (resource.equals("events")) {
            if (!gone) {
                events.add(object);
            }
            return;
        }
        String identity = identities.of(resource, object);
        frames.add(new Frame(identity, Specialities.without(object)));
        if (gone) {
            pods.remove(identity);
        } else if (resource.equals("pods")) {
            pods.put(identity, object);
        }
        Map<String, String> facets = gone ? Map.of() : Milestone.of(resource, object);
        TreeSet<String> known = facetsOf.computeIfAbsent(identity, ignored -> new TreeSet<>());
        known.addAll(facets.keySet());
        known.forEach(facet -> {
            String state = gone ? GONE : facets.getOrDefault(facet, "absent");
            add(identity + " " + identities.generatedNames().getOrDefault(facet, facet), state);
        });
    }

    private void add(String track, String state) {
        List<String> states = milestones.computeIfAbsent(track, ignored -> new ArrayList<>());
        if (!states.isEmpty() && states.get(states.size() - 1).equals(GONE)) {
            // Only revisions come back, see Identities.
            states.remove(states.size() - 1);
        }
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

    /** Returns the pods that are there, as they were seen last. */
    synchronized List<JsonNode> pods() {
        return List.copyOf(pods.values());
    }

    /** Returns how often each reason was given, by what it is about. */
    Map<String, Map<String, Integer>> events() {
        Map<String, String> names = identities.generatedNames();
        return events.counts(name -> names.getOrDefault(name, name));
    }

    /** Returns the values of all fields of each object and each event. */
    synchronized Map<String, Fields> fields(String node) {
        Normal normal = new Normal(identities.generatedNames(), node);
        Map<String, Fields> all = new TreeMap<>();
        frames.forEach(frame -> fields(all, frame.identity()).add(normal.of(frame.object())));
        for (JsonNode event : events.all()) {
            JsonNode normalised = normal.of(event);
            JsonNode about = normalised.path("involvedObject");
            String reason = normalised.path("reason").asText();
            if (reason.equals("Unhealthy") && normalised instanceof ObjectNode unhealthy) {
                // What a probe says depends on how far a server is.
                unhealthy.remove("message");
            }
            fields(
                            all,
                            "event " + about.path("kind").asText() + " "
                                    + about.path("name").asText() + " " + reason)
                    .add(normalised);
        }
        return all;
    }

    private static Fields fields(Map<String, Fields> all, String identity) {
        return all.computeIfAbsent(identity, ignored -> new Fields());
    }

    Identities identities() {
        return identities;
    }
}
