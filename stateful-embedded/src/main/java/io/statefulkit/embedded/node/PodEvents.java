package io.statefulkit.embedded.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.node.status.Times;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the events of one pod; the same event again counts up the first. Used by one thread at a time. */
final class PodEvents {

    static final WriteOptions KUBELET = WriteOptions.by("kubelet");

    private final Api api;
    private final String node;
    private final Clock clock;
    private final Map<String, String> names = new HashMap<>();
    private long sequence;

    PodEvents(Api api, String node, Clock clock) {
        this.api = api;
        this.node = node;
        this.clock = clock;
    }

    void normal(Pod pod, String field, String reason, String message) {
        write(pod, field, "Normal", reason, message);
    }

    void warning(Pod pod, String field, String reason, String message) {
        write(pod, field, "Warning", reason, message);
    }

    private void write(Pod pod, String field, String type, String reason, String message) {
        String key = String.join("\0", field, type, reason, message);
        String known = names.get(key);
        try {
            if (known == null || !countUp(pod.getMetadata().getNamespace(), known)) {
                names.put(key, create(pod, field, type, reason, message));
            }
        } catch (Failure e) {
            // A namespace that is being deleted takes no events, and a pod does not depend on them.
            names.remove(key);
        }
    }

    private boolean countUp(String namespace, String name) {
        Optional<ObjectNode> stored = api.edit(
                ResourceCatalog.EVENTS,
                namespace,
                name,
                "",
                event -> {
                    event.put("count", event.path("count").asInt(1) + 1);
                    event.put("lastTimestamp", Times.text(clock.instant()));
                    return event;
                },
                KUBELET);
        return stored.isPresent();
    }

    private String create(Pod pod, String field, String type, String reason, String message) {
        String now = Times.text(clock.instant());
        String name = pod.getMetadata().getName() + "."
                + Long.toHexString(clock.millis() * 1_000_000 + sequence++ % 1_000_000);
        ObjectNode event = Json.object();
        event.put("kind", "Event");
        event.put("apiVersion", "v1");
        ObjectNode metadata = event.putObject("metadata");
        metadata.put("name", name);
        metadata.put("namespace", pod.getMetadata().getNamespace());
        ObjectNode involved = event.putObject("involvedObject");
        involved.put("kind", "Pod");
        involved.put("namespace", pod.getMetadata().getNamespace());
        involved.put("name", pod.getMetadata().getName());
        involved.put("uid", pod.getMetadata().getUid());
        involved.put("apiVersion", "v1");
        involved.put("resourceVersion", pod.getMetadata().getResourceVersion());
        if (!field.isEmpty()) {
            involved.put("fieldPath", field);
        }
        event.put("reason", reason);
        event.put("message", message);
        ObjectNode source = event.putObject("source");
        source.put("component", "kubelet");
        source.put("host", node);
        event.put("firstTimestamp", now);
        event.put("lastTimestamp", now);
        event.put("count", 1);
        event.put("type", type);
        event.putNull("eventTime");
        event.put("reportingComponent", "kubelet");
        event.put("reportingInstance", node);
        api.create(ResourceCatalog.EVENTS, pod.getMetadata().getNamespace(), event, KUBELET);
        return name;
    }
}
