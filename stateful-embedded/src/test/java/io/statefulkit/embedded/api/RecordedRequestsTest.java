package io.statefulkit.embedded.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends the requests that a real API server answered, and compares the answers. */
class RecordedRequestsTest {

    /** What only controllers or the node can make is brought in from the recording's events. */
    private static final Set<ResourceType> FROM_EVENTS =
            Set.of(ResourceCatalog.PODS, ResourceCatalog.PERSISTENT_VOLUME_CLAIMS);

    /** All that a recording compares here happened within one second: a later one would order owners of fields anew. */
    private final StoreApi api = new StoreApi(Clock.fixed(Instant.parse("2026-11-20T11:06:30Z"), ZoneOffset.UTC));

    private final Map<String, String> replacements = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api-errors",
                "api-reads",
                "ssa-apply-and-conflict",
                "sts-missing-service-and-sc",
                "services-and-endpoints"
            })
    void answers_are_those_of_a_real_server(String recording) throws IOException {
        RecordedEvents events = new RecordedEvents(api, FROM_EVENTS);
        int compared = 0;
        for (JsonNode line : read(recording)) {
            if (line.path("kind").asText().equals("event")) {
                events.replay(line);
            } else if (line.path("kind").asText().equals("request")) {
                compared += compare(new RecordedRequest(line).with(replacements), recording.startsWith("ssa"));
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(2);
    }

    private int compare(RecordedRequest request, boolean managedFields) {
        Target target = request.target(api).orElse(null);
        if (target == null || !belongsToTheApi(request, target)) {
            return 0;
        }
        ObjectNode answer = request.send(api, target);
        remember(request.expectedBody(), answer);
        addWhatTheRecordedClusterAdds(target, answer);
        JsonNode expected = Normalised.of(request.expectedBody(), managedFields);
        JsonNode actual = Normalised.of(answer, managedFields);
        int code = answer.path("code").isInt() ? answer.path("code").asInt() : 200;
        int expectedCode = request.expectedCode() == 201 ? 200 : request.expectedCode();
        if (code != expectedCode || !Json.same(expected, actual)) {
            differences.add(request.describe() + "\n  expected " + request.expectedCode() + " " + expected
                    + "\n  but was  " + code + " " + actual + "\n");
        }
        return 1;
    }

    private void remember(JsonNode recorded, JsonNode answer) {
        for (String field : List.of("uid", "resourceVersion")) {
            String before = Json.text(recorded, "metadata", field);
            if (!before.isEmpty()) {
                replacements.put(before, Json.text(answer, "metadata", field));
            }
        }
    }

    /** The recorded cluster put one more config map into each namespace, which shows in counts. */
    private void addWhatTheRecordedClusterAdds(Target target, ObjectNode answer) {
        if (target.type().equals(ResourceCatalog.NAMESPACES)
                && answer.path("kind").asText().equals("Namespace")) {
            ObjectNode map = Json.object();
            map.putObject("metadata").put("name", "openshift-service-ca.crt");
            String namespace = Json.text(answer, "metadata", "name");
            boolean there = api.find(ResourceCatalog.CONFIG_MAPS, namespace, "openshift-service-ca.crt")
                    .isPresent();
            if (!there && !Metadata.deleting(answer)) {
                api.create(ResourceCatalog.CONFIG_MAPS, namespace, map, WriteOptions.by("test"));
            }
        }
    }

    /** Tables, lists of what controllers made, logs and bodies that are no JSON are tested over HTTP. */
    private static boolean belongsToTheApi(RecordedRequest request, Target target) {
        boolean read = request.describe().startsWith("GET ");
        boolean list = read
                && target.name().isEmpty()
                && !request.describe().contains("configmaps?limit=1 ")
                && request.expectedCode() == 200;
        boolean scale =
                target.subresource().equals("scale") || target.subresource().equals("status");
        return !list
                && !(read && scale)
                && request.expectedCode() != 405
                && request.sendsAnObject()
                && !target.subresource().equals("log")
                && !target.subresource().equals("nosub");
    }

    private static List<JsonNode> read(String recording) throws IOException {
        String resource = "/recordings/" + recording + ".jsonl.gz";
        List<JsonNode> lines = new ArrayList<>();
        try (InputStream stream =
                        Objects.requireNonNull(RecordedRequestsTest.class.getResourceAsStream(resource), resource);
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Json.parse(line));
            }
        }
        return lines;
    }
}
