package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.fidelity.Recording.Event;
import io.statefulkit.embedded.fidelity.Recording.Note;
import io.statefulkit.embedded.fidelity.Recording.Request;
import io.statefulkit.embedded.fidelity.Recording.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays one recording against the embedded cluster. Before each step it waits until every object has come as far as it had
 * in the recording; so it takes the time that the cluster takes, and depends on nothing else.
 */
final class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private static final List<String> NAMESPACED = List.of(
            "api/v1/pods",
            "api/v1/persistentvolumeclaims",
            "api/v1/services",
            "api/v1/events",
            "api/v1/endpoints",
            "apis/apps/v1/statefulsets",
            "apis/apps/v1/deployments",
            "apis/apps/v1/replicasets",
            "apis/apps/v1/controllerrevisions",
            "apis/batch/v1/jobs",
            "apis/batch/v1/cronjobs",
            "apis/discovery.k8s.io/v1/endpointslices");

    /** The requests after which containers may have to stop. */
    private static final Set<String> STOPS = Set.of("DELETE", "PATCH");

    private static final Duration TRAPS_WITHIN = Duration.ofSeconds(10);

    private final EmbeddedCluster cluster;
    private final RawClient http;
    private final Recording recording;
    private final History recorded = new History();
    private final History soFar = new History();
    private final History seen = new History();
    private final Bodies bodies;
    private final List<Difference> differences = new ArrayList<>();
    private final Set<String> givenUp = new HashSet<>();
    private Duration skipped = Duration.ZERO;
    private Map<String, Map<String, Integer>> recordedEvents = Map.of();
    private Map<String, Map<String, Integer>> seenEvents = Map.of();
    private boolean eventsGivenUp;
    private long looked;
    private final List<RawClient.Watch> watches = new ArrayList<>();

    Replay(EmbeddedCluster cluster, RawClient http, Recording recording) {
        this.cluster = cluster;
        this.http = http;
        this.recording = recording;
        for (Row row : recording.rows()) {
            if (row instanceof Event event) {
                recorded.add(event.resource(), event.type(), event.object());
            }
        }
        this.bodies = new Bodies(recording, soFar.identities(), seen.identities());
    }

    /** Plays it, and returns what differed. */
    List<Difference> run() {
        try {
            if (recording.name().startsWith("cronjob-")) {
                // Else a minute that ends by itself before the first skip would be one run more.
                skipToNextMinute();
            }
            for (Row row : recording.rows()) {
                step(row);
            }
            await();
        } finally {
            watches.forEach(watch -> watch.ended().cancel(true));
        }
        if (!recording.name().startsWith("ssa-") && !recording.name().startsWith("api-")) {
            // Those two kinds send request upon request without waiting: how far anything comes meanwhile is chance.
            compareHistories();
        }
        return differences;
    }

    private void step(Row row) {
        if (row instanceof Event event) {
            if (startsRun(event)) {
                await();
                skipToNextMinute();
            }
            soFar.add(event.resource(), event.type(), event.object());
        } else if (row instanceof Request request) {
            await();
            if (STOPS.contains(request.method())) {
                awaitTraps();
            }
            send(request);
            if (watches.isEmpty()) {
                watch();
            }
        } else if (row instanceof Note note) {
            await();
            if (note.text().equals("namespace deletion")) {
                recordedEvents = soFar.events();
                seenEvents = seen.events();
            }
            Steps.of(cluster, recording, note.text()).ifPresent(text -> add(note.text(), text));
        }
    }

    // The next run of a cron job: nobody waits for a minute.
    private static boolean startsRun(Event event) {
        return event.resource().equals("jobs")
                && event.type().equals("ADDED")
                && event.object()
                        .path("metadata")
                        .path("ownerReferences")
                        .path(0)
                        .path("kind")
                        .asText()
                        .equals("CronJob");
    }

    private void skipToNextMinute() {
        Instant now = Instant.now().plus(skipped);
        Duration left =
                Duration.between(now, now.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1)));
        cluster.skipTime(left);
        skipped = skipped.plus(left);
    }

    private void send(Request request) {
        String body = request.body().isTextual()
                ? request.body().asText()
                : request.body().isNull() ? "" : request.body().toString();
        RawClient.Reply reply = http.send(
                request.method(),
                bodies.translated(request.path()),
                // A recording does not tell the type of an empty body; the scenario sent one of a type nobody knows.
                request.body().isTextual() && body.isEmpty() ? "text/plain" : request.contentType(),
                Bodies.accept(request.response()),
                bodies.versioned(body));
        String subject = request.method() + " " + request.path() + (body.isEmpty() ? "" : " " + shortened(body));
        if (reply.status() == 404 && hadEnded(request.response())) {
            add(subject, "expected a pod that had ended, seen 404");
            return;
        }
        if (reply.status() != request.status()) {
            add(subject, "expected status " + request.status() + ", seen " + reply.status() + " " + reply.body());
            return;
        }
        bodies.compare(request, reply.body()).forEach(text -> add(subject, text));
    }

    private static boolean hadEnded(JsonNode pod) {
        String phase = pod.path("status").path("phase").asText();
        return pod.path("kind").asText().equals("Pod")
                && pod.path("metadata").has("deletionTimestamp")
                && (phase.equals("Succeeded") || phase.equals("Failed"));
    }

    private void watch() {
        String namespace = recording.namespace();
        for (String resource : NAMESPACED) {
            int slash = resource.lastIndexOf('/');
            String plural = resource.substring(slash + 1);
            watches.add(http.watch(
                    "/" + resource.substring(0, slash) + "/namespaces/" + namespace + "/" + plural,
                    event -> see(plural, event)));
        }
        watches.add(http.watch("/api/v1/persistentvolumes", event -> {
            JsonNode claim = event.path("object").path("spec").path("claimRef");
            if (claim.path("namespace").asText().equals(namespace)) {
                see("persistentvolumes", event);
            }
        }));
        // A pod that ends at once would otherwise be seen for the first time when it has ended.
        watches.forEach(watch -> watch.opened().orTimeout(60, TimeUnit.SECONDS).join());
    }

    private void see(String resource, JsonNode event) {
        String type = event.path("type").asText();
        if (type.equals("ERROR")) {
            LOG.warn("{}: {} are no longer seen: {}", recording.name(), resource, event);
        } else {
            seen.add(resource, type, event.path("object"));
        }
    }

    private void awaitTraps() {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(TRAPS_WITHIN)
                    .until(() -> seen.pods().stream().allMatch(Traps::set));
        } catch (ConditionTimeoutException e) {
            LOG.warn("{}: the scripts of its pods were not seen to sleep within {}", recording.name(), TRAPS_WITHIN);
        }
    }

    // Waits until all objects are as far as they were recorded to be; what never gets there is told at the end.
    private void await() {
        looked = -1;
        Map<String, List<String>> wanted = soFar.milestones();
        Map<String, Map<String, Integer>> events = soFar.events();
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(RawClient.LIMIT)
                    .until(() -> changed() && reached(wanted) && happened(events));
        } catch (ConditionTimeoutException e) {
            giveUp(wanted, events);
        }
    }

    // Whatever is awaited comes with an event, and to look through all of them takes a while.
    private boolean changed() {
        long now = seen.changes();
        boolean changed = now != looked;
        looked = now;
        return changed;
    }

    private void giveUp(Map<String, List<String>> wanted, Map<String, Map<String, Integer>> events) {
        // What did not come in time is told at the end; it is not waited for again.
        wanted.entrySet().stream()
                .filter(entry -> !reached(entry))
                .filter(entry -> givenUp.add(entry.getKey()))
                .forEach(entry -> LOG.warn(
                        "{}: {} did not come to {} within {}; it came through {}",
                        recording.name(),
                        entry.getKey(),
                        entry.getValue().get(entry.getValue().size() - 1),
                        RawClient.LIMIT,
                        seen.of(entry.getKey())));
        if (!happened(events)) {
            LOG.warn("{}: of the events {} there are {}", recording.name(), events, seen.events());
            eventsGivenUp = true;
        }
    }

    private boolean reached(Map<String, List<String>> wanted) {
        return wanted.entrySet().stream().allMatch(entry -> givenUp.contains(entry.getKey()) || reached(entry));
    }

    private boolean reached(Map.Entry<String, List<String>> wanted) {
        return Progress.along(recorded.of(wanted.getKey()), seen.of(wanted.getKey()))
                >= wanted.getValue().size();
    }

    private boolean happened(Map<String, Map<String, Integer>> events) {
        Map<String, Map<String, Integer>> actual = seen.events();
        return eventsGivenUp
                || events.entrySet().stream()
                        .allMatch(about ->
                                EventLog.reached(about.getValue(), actual.getOrDefault(about.getKey(), Map.of())));
    }

    private void compareHistories() {
        Map<String, List<String>> expected = recorded.milestones();
        Map<String, List<String>> actual = seen.milestones();
        for (String identity : union(expected, actual)) {
            List<String> want = expected.getOrDefault(identity, List.of());
            List<String> have = actual.getOrDefault(identity, List.of());
            if (want.isEmpty() || have.isEmpty()) {
                add(identity, want.isEmpty() ? "is not in the recording: " + have : "does not appear");
                continue;
            }
            Progress.invented(want, have).forEach(each -> add(identity, "invented or reordered: " + each));
            String last = want.get(want.size() - 1);
            if (!have.get(have.size() - 1).equals(last)) {
                add(identity, "does not end as recorded: " + last + " but " + have.get(have.size() - 1));
            }
        }
        compareEvents();
        compareFields();
    }

    private void compareFields() {
        Map<String, Fields> expected = recorded.fields(Bodies.RECORDED_NODE);
        Map<String, Fields> actual = seen.fields("embedded");
        for (String identity : union(expected, actual)) {
            // What is there or not was compared before.
            Fields want = expected.get(identity);
            Fields have = actual.get(identity);
            if (want != null && have != null) {
                want.comparedWith(have).forEach(each -> add(identity, each));
            }
        }
    }

    // Up to the deletion of the namespace, which comes sooner or later while things happen.
    private void compareEvents() {
        for (String about : union(recordedEvents, seenEvents)) {
            EventLog.compare(recordedEvents.getOrDefault(about, Map.of()), seenEvents.getOrDefault(about, Map.of()))
                    .forEach(each -> add(about, each));
        }
    }

    private void add(String subject, String text) {
        differences.add(new Difference(recording.name(), subject, text));
    }

    private static <T> Set<String> union(Map<String, T> first, Map<String, T> second) {
        TreeSet<String> all = new TreeSet<>(first.keySet());
        all.addAll(second.keySet());
        return all;
    }

    private static String shortened(String body) {
        return body.length() > 160 ? body.substring(0, 160) + "..." : body;
    }
}
