package io.statefulkit.survival.disruption.workload;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Takes pods away, each only as long as it is still the one that was meant. */
record PodRemoval(KubernetesClient client, String namespace) {

    private static final int TOO_MANY_REQUESTS = 429;

    /** The client takes a refusal for an overloaded server, and would try again itself for long. */
    private static final RequestConfig ONCE =
            new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build();

    /** Deletes a pod with the time that it asks for, or at once. */
    void delete(String pod, String uid, boolean atOnce) {
        DeleteOptions options = new DeleteOptionsBuilder(only(uid))
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withGracePeriodSeconds(atOnce ? 0L : null)
                .build();
        client.raw(path(pod), "DELETE", options);
    }

    /**
     * Evicts a pod, as soon as its budgets allow that.
     *
     * @param whenRefused is done after each try that a budget has refused
     */
    void evict(String pod, String uid, Duration patience, Runnable whenRefused) {
        Polling.within(
                        Awaitility.await("a disruption budget allows the eviction of pod " + namespace + "/" + pod),
                        patience,
                        Duration.ofMillis(200))
                .until(() -> {
                    boolean isEvicted = isEvicted(pod, uid);
                    if (!isEvicted) {
                        whenRefused.run();
                    }
                    return isEvicted;
                });
    }

    private boolean isEvicted(String pod, String uid) {
        Eviction eviction = new EvictionBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(pod)
                .endMetadata()
                .withDeleteOptions(only(uid))
                .build();
        try {
            client.newClient(ONCE).raw(path(pod) + "/eviction", "POST", eviction);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == TOO_MANY_REQUESTS) {
                return false;
            }
            throw e;
        }
    }

    private static DeleteOptions only(String uid) {
        return new DeleteOptionsBuilder()
                .withNewPreconditions()
                .withUid(uid)
                .endPreconditions()
                .build();
    }

    private String path(String pod) {
        return "/api/v1/namespaces/" + namespace + "/pods/" + pod;
    }
}
