package io.statefulkit.embedded.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.node.status.PodRecord;
import io.statefulkit.embedded.node.status.PodStatuses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the status of one pod, and its end. */
final class StatusWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    private static final int NOT_FOUND = 404;

    private final Services services;

    StatusWriter(Services services) {
        this.services = services;
    }

    void write(Pod pod, PodRecord record) {
        String uid = pod.getMetadata().getUid();
        try {
            var unused = services.api()
                    .edit(
                            ResourceCatalog.PODS,
                            pod.getMetadata().getNamespace(),
                            pod.getMetadata().getName(),
                            "status",
                            stored -> change(stored, uid, pod, record),
                            PodEvents.KUBELET);
        } catch (Failure e) {
            if (e.code() == NOT_FOUND) {
                LOG.debug("pod {} is gone already", pod.getMetadata().getName());
                return;
            }
            LOG.warn(
                    "status of pod {} could not be written: {}",
                    pod.getMetadata().getName(),
                    e.getMessage());
        }
    }

    private ObjectNode change(ObjectNode stored, String uid, Pod pod, PodRecord record) {
        // A pod of the same name may have taken its place.
        if (stored.path("metadata").path("uid").asText().equals(uid)) {
            stored.set("status", PodStatuses.of(pod, record, stored.path("status"), services.now()));
        }
        return stored;
    }

    /** Deletes the object of a pod whose processes are gone. */
    void deleteObject(Pod pod) {
        try {
            services.api()
                    .delete(
                            ResourceCatalog.PODS,
                            pod.getMetadata().getNamespace(),
                            pod.getMetadata().getName(),
                            DeleteOptions.ofUid(pod.getMetadata().getUid()).withGrace(0));
        } catch (Failure e) {
            LOG.debug("pod {} is gone already: {}", pod.getMetadata().getName(), e.getMessage());
        }
    }
}
