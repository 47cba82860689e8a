package io.statefulkit.embedded.control.stateful;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;

/** The status of a stateful set while a pass counts it. */
final class SetStatus {

    private final SetSpec spec;
    private final Revision current;
    private final Revision update;
    private int replicas;
    private int ready;
    private int available;
    private int onCurrent;
    private int onUpdate;

    SetStatus(StatefulSetPlan.Input input) {
        this.spec = new SetSpec(input.set());
        this.current = input.current();
        this.update = input.update();
        for (Resource pod : input.pods()) {
            count(pod, input);
        }
    }

    void lostOneOnCurrent() {
        // The pod that goes may be of a revision between the current one and the new one.
        onCurrent = Math.max(0, onCurrent - 1);
    }

    ObjectNode json() {
        boolean complete = !spec.onDelete() && replicas == spec.replicas() && ready == replicas && onUpdate == replicas;
        ObjectNode status = Json.object();
        status.put("observedGeneration", spec.set().generation());
        status.put("replicas", replicas);
        putUnlessZero(status, "readyReplicas", ready);
        putUnlessZero(status, "currentReplicas", complete ? onUpdate : onCurrent);
        putUnlessZero(status, "updatedReplicas", onUpdate);
        status.put("currentRevision", complete ? update.name() : current.name());
        status.put("updateRevision", update.name());
        status.put("collisionCount", spec.set().status().path("collisionCount").asInt(0));
        status.put("availableReplicas", available);
        return status;
    }

    private void count(Resource pod, StatefulSetPlan.Input input) {
        if (Pods.phase(pod).isEmpty()) {
            return;
        }
        replicas++;
        if (Pods.runningAndReady(pod)) {
            ready++;
            if (Pods.available(pod, spec.minReadySeconds(), input.now())) {
                available++;
            }
        }
        if (!pod.deleting()) {
            String revision = pod.label(StatefulSetPlan.REVISION_LABEL);
            onCurrent += revision.equals(current.name()) ? 1 : 0;
            onUpdate += revision.equals(update.name()) ? 1 : 0;
        }
    }

    private static void putUnlessZero(ObjectNode status, String field, int value) {
        if (value != 0) {
            status.put(field, value);
        }
    }
}
