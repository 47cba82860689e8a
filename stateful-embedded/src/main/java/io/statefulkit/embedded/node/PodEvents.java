package io.statefulkit.embedded.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.event.EventRecorder;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;

/** Writes the events of one pod. */
final class PodEvents {

    static final WriteOptions KUBELET = WriteOptions.by("kubelet");

    private final EventRecorder recorder;

    PodEvents(Api api, String node, Clock clock) {
        this.recorder = new EventRecorder(api, clock, "kubelet", node);
    }

    void normal(Pod pod, String field, String reason, String message) {
        recorder.record(involved(pod, field), "Normal", reason, message);
    }

    void warning(Pod pod, String field, String reason, String message) {
        recorder.record(involved(pod, field), "Warning", reason, message);
    }

    private static ObjectNode involved(Pod pod, String field) {
        ObjectNode involved = Json.object();
        involved.put("kind", "Pod");
        involved.put("namespace", pod.getMetadata().getNamespace());
        involved.put("name", pod.getMetadata().getName());
        involved.put("uid", pod.getMetadata().getUid());
        involved.put("apiVersion", "v1");
        involved.put("resourceVersion", pod.getMetadata().getResourceVersion());
        if (!field.isEmpty()) {
            involved.put("fieldPath", field);
        }
        return involved;
    }
}
