package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The events of a run: how often each thing was told about each object. */
final class EventLog {

    /** What is told again and again for as long as it lasts: that it happens is no chance, how often is. */
    private static final Set<String> WHILE_IT_LASTS = Set.of(
            "Unhealthy",
            "WaitForFirstConsumer",
            "ExternalProvisioning",
            "FailedBinding",
            "ProvisioningFailed",
            "FailedScheduling",
            "FailedMount",
            "BackOff",
            "Failed");

    /** Columns of a table of events. */
    private static final int REASON = 2;

    private static final int COUNT = 8;

    private final Map<String, JsonNode> latest = new LinkedHashMap<>();

    synchronized void add(JsonNode event) {
        latest.put(event.path("metadata").path("name").asText(), event);
    }

    synchronized List<JsonNode> all() {
        return new ArrayList<>(latest.values());
    }

    /**
     * Returns how often each reason was given, by what it is about.
     *
     * @param names replaces generated names; late, as an event may come before its object
     */
    Map<String, Map<String, Integer>> counts(UnaryOperator<String> names) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (JsonNode event : all()) {
            JsonNode about = event.path("involvedObject");
            String key = about.path("kind").asText() + " "
                    + names.apply(about.path("name").asText());
            if (!ofProbe(event)) {
                counts.computeIfAbsent(key, ignored -> new TreeMap<>())
                        .merge(
                                event.path("type").asText() + " "
                                        + event.path("reason").asText(),
                                event.path("count").asInt(1),
                                Integer::sum);
            }
        }
        return counts;
    }

    /** Whether a probe was started in a container that was just ending: whether one is depends on the moment. */
    private static boolean ofProbe(JsonNode event) {
        return event.path("reason").asText().equals("Unhealthy")
                && event.path("message").asText().contains("rpc error");
    }

    /** Returns what another run told about something more often or less often; not for what is tried again and again. */
    static List<String> compare(Map<String, Integer> expected, Map<String, Integer> seen) {
        List<String> differences = new ArrayList<>();
        expected.keySet().stream()
                .filter(reason -> !seen.containsKey(reason))
                .forEach(reason -> differences.add("lacks the event " + reason));
        // A probe that fails before a server is up, or while it stops, depends on who is faster.
        seen.keySet().stream()
                .filter(reason -> !expected.containsKey(reason) && !reason.endsWith(" Unhealthy"))
                .forEach(reason -> differences.add("invents the event " + reason));
        if (expected.keySet().stream().noneMatch(EventLog::lasts)) {
            expected.forEach((reason, count) -> {
                int other = seen.getOrDefault(reason, count);
                if (other != count) {
                    differences.add("has the event " + reason + " " + other + " times, not " + count);
                }
            });
        }
        return differences;
    }

    /** Returns whether everything was told that was told so far in the recording. */
    static boolean reached(Map<String, Integer> wanted, Map<String, Integer> seen) {
        boolean counted = wanted.keySet().stream().noneMatch(EventLog::lasts);
        return wanted.entrySet().stream()
                .allMatch(reason -> seen.getOrDefault(reason.getKey(), 0) >= (counted ? reason.getValue() : 1));
    }

    /** Leaves out of a list or table of events what depends on who is faster: failing probes, and counts. */
    static void leaveChanceOut(JsonNode list) {
        for (String field : List.of("items", "rows")) {
            if (list.path(field) instanceof ArrayNode entries) {
                for (int i = entries.size() - 1; i >= 0; i--) {
                    JsonNode cells = entries.get(i).path("cells");
                    String reason = cells.path(REASON)
                            .asText(entries.get(i).path("reason").asText());
                    if (reason.equals("Unhealthy")) {
                        entries.remove(i);
                    } else if (WHILE_IT_LASTS.contains(reason)) {
                        if (cells instanceof ArrayNode array) {
                            array.set(COUNT, "<count>");
                        } else {
                            ((ObjectNode) entries.get(i)).put("count", "<count>");
                        }
                    }
                }
            }
        }
    }

    private static boolean lasts(String reason) {
        return WHILE_IT_LASTS.contains(reason.substring(reason.indexOf(' ') + 1));
    }
}
