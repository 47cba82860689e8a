package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.fidelity.Recording.Event;
import io.statefulkit.embedded.fidelity.Recording.Note;
import io.statefulkit.embedded.fidelity.Recording.Request;
import io.statefulkit.embedded.fidelity.Recording.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Puts each request before what it caused. A recording has a request where its answer came, and a watch may have been faster;
 * the revisions tell what came first.
 */
final class Causality {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final int BACK = 60;

    private Causality() {}

    static List<Row> ordered(List<Row> rows) {
        List<Row> ordered = new ArrayList<>();
        for (Row row : rows) {
            if (row instanceof Request request && WRITES.contains(request.method())) {
                insert(ordered, request);
            } else {
                ordered.add(row);
            }
        }
        return ordered;
    }

    /**
     * Moves the deletion of the namespace to where it takes effect: the recorded namespace controller came seconds later, and
     * what happened meanwhile does not depend on it.
     */
    static List<Row> untilTheEnd(List<Row> rows) {
        int note = IntStream.range(0, rows.size())
                .filter(i -> rows.get(i) instanceof Note last && last.text().equals("namespace deletion"))
                .findFirst()
                .orElse(rows.size());
        List<Row> moved = new ArrayList<>(rows.subList(0, note));
        List<Row> rest = new ArrayList<>(rows.subList(note, rows.size()));
        List<Row> deletion =
                rest.stream().filter(row -> !(row instanceof Event)).toList();
        rest.removeAll(deletion);
        int effect = IntStream.range(0, rest.size())
                .filter(i -> rest.get(i) instanceof Event event && deleted(event))
                .findFirst()
                .orElse(rest.size());
        moved.addAll(rest.subList(0, effect));
        moved.addAll(deletion);
        moved.addAll(rest.subList(effect, rest.size()));
        return moved;
    }

    private static boolean deleted(Event event) {
        return event.type().equals("DELETED") || event.object().path("metadata").has("deletionTimestamp");
    }

    private static void insert(List<Row> ordered, Request request) {
        long revision = revision(ordered, request);
        List<Row> effects = new ArrayList<>();
        for (int i = ordered.size() - 1; i >= Math.max(0, ordered.size() - BACK); i--) {
            if (!(ordered.get(i) instanceof Event event)) {
                break;
            }
            if (version(event.object()) >= revision) {
                effects.add(0, event);
            }
        }
        ordered.removeAll(effects);
        ordered.add(request);
        ordered.addAll(effects);
    }

    // The revision of the write itself: that of its answer, or else of the first event that shows the deletion.
    private static long revision(List<Row> ordered, Request request) {
        long answered = version(request.response());
        long shown = Long.MAX_VALUE;
        if (request.method().equals("DELETE")) {
            for (int i = ordered.size() - 1; i >= Math.max(0, ordered.size() - BACK); i--) {
                if (ordered.get(i) instanceof Event event && shows(event, request)) {
                    shown = Math.min(shown, version(event.object()));
                }
            }
        }
        return Math.min(answered, shown);
    }

    private static boolean shows(Event event, Request request) {
        JsonNode metadata = event.object().path("metadata");
        String end = "/" + event.resource() + "/" + metadata.path("name").asText();
        return request.path().endsWith(end) && (event.type().equals("DELETED") || metadata.has("deletionTimestamp"));
    }

    private static long version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asLong(Long.MAX_VALUE);
    }
}
