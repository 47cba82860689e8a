package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * What a real cluster did in one scenario.
 *
 * @param name the name of the scenario
 * @param rows what happened, in order
 */
record Recording(String name, List<Row> rows) {

    // Not every machine has the server of the recording; what Kubernetes does is the same with any.
    private static final String RECORDED_POSTGRES = "postgres:17";
    private static final String POSTGRES = "postgres:15";

    /** No recorded probe fails so often that it counts; on a busy machine one may, as it takes too long. */
    private static final int PATIENCE = 60;

    /** One line of a recording. */
    sealed interface Row {}

    /** A request and its answer. */
    record Request(String method, String path, String contentType, JsonNode body, int status, JsonNode response)
            implements Row {}

    /** An event of a watch. */
    record Event(String resource, String type, ObjectNode object) implements Row {}

    /** What the scenario did besides requests. */
    record Note(String text) implements Row {}

    Recording {
        rows = List.copyOf(rows);
    }

    /** Returns the namespace of the scenario. */
    String namespace() {
        return "t-" + name.substring(0, Math.min(40, name.length()));
    }

    /** Loads a recording from the test resources. */
    static Recording load(String name) {
        String resource = "/recordings/" + name + ".jsonl.gz";
        try (InputStream in = Recording.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no recording " + resource);
            }
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
            List<Row> rows = new ArrayList<>();
            // Those are about answers to the letter: who owns which field, and watches as text.
            boolean asIs = name.startsWith("ssa-") || name.startsWith("api-");
            lines.lines()
                    .map(line -> Json.parse(line.replace(RECORDED_POSTGRES, POSTGRES)))
                    .forEach(line -> {
                        if (!asIs) {
                            waitForProbes(line);
                        }
                        rows.add(row(line));
                    });
            return new Recording(name, Causality.untilTheEnd(Causality.ordered(rows)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void waitForProbes(JsonNode node) {
        for (String kind : List.of("readinessProbe", "startupProbe")) {
            if (node.path(kind) instanceof ObjectNode probe && probe.has("exec")) {
                probe.put("failureThreshold", PATIENCE);
            }
        }
        node.forEach(Recording::waitForProbes);
    }

    private static Row row(JsonNode line) {
        return switch (line.path("kind").asText()) {
            case "request" ->
                new Request(
                        line.path("method").asText(),
                        line.path("path").asText(),
                        line.path("contentType").asText(""),
                        line.path("body"),
                        line.path("status").asInt(),
                        line.path("response"));
            case "event" ->
                new Event(line.path("resource").asText(), line.path("type").asText(), (ObjectNode) line.path("object"));
            default -> new Note(line.path("text").asText());
        };
    }
}
