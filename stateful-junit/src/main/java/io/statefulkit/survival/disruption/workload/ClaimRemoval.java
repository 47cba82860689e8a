package io.statefulkit.survival.disruption.workload;

import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Deletes claims, and waits until they are gone. */
record ClaimRemoval(KubernetesClient client, String namespace, Duration patience) {

    private static final Duration POLL = Duration.ofMillis(20);

    void delete(String claim) {
        var resource = client.persistentVolumeClaims().inNamespace(namespace).withName(claim);
        List<StatusDetails> unused = resource.delete();
        Polling.within(Awaitility.await("claim " + claim + " is gone"), patience, POLL)
                .until(() -> resource.get() == null);
    }
}
