package io.statefulkit.embedded.control.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What controllers ask of pods, and how they make them. */
public final class Pods {

    private Pods() {}

    /** Returns the phase, or an empty text. */
    public static String phase(Resource pod) {
        return pod.status().path("phase").asText("");
    }

    /** Returns whether all containers ended for good. */
    public static boolean terminal(Resource pod) {
        String phase = phase(pod);
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Returns whether the pod is neither finished nor being deleted. */
    public static boolean active(Resource pod) {
        return !terminal(pod) && !pod.deleting();
    }

    /** Returns whether the pod runs and is ready. */
    public static boolean runningAndReady(Resource pod) {
        return phase(pod).equals("Running") && pod.is("Ready");
    }

    /** Returns whether the pod has been ready for some time. */
    public static boolean available(Resource pod, int minReadySeconds, Instant now) {
        return pod.is("Ready") && availableIn(pod, minReadySeconds, now).isEmpty();
    }

    /** Returns how long a ready pod must still stay ready to count as available; empty when it does, or is not ready. */
    public static Optional<Duration> availableIn(Resource pod, int minReadySeconds, Instant now) {
        if (minReadySeconds == 0 || !pod.is("Ready")) {
            return Optional.empty();
        }
        Instant since =
                Times.parse(pod.condition("Ready").path("lastTransitionTime").asText(""));
        Duration left = Duration.between(now, since.plusSeconds(minReadySeconds));
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    /** Makes a pod of a template, owned by {@code owner}, without a name. */
    public static ObjectNode of(com.fasterxml.jackson.databind.JsonNode template, Resource owner) {
        ObjectNode pod = Json.object();
        pod.put("kind", "Pod").put("apiVersion", "v1");
        ObjectNode metadata = pod.putObject("metadata");
        metadata.put("namespace", owner.namespace());
        for (String field : new String[] {"labels", "annotations", "finalizers"}) {
            if (template.path("metadata").hasNonNull(field)) {
                metadata.set(field, template.path("metadata").path(field).deepCopy());
            }
        }
        metadata.putArray("ownerReferences").add(Ownership.controllerRef(owner));
        pod.set("spec", template.path("spec").deepCopy());
        return pod;
    }
}
