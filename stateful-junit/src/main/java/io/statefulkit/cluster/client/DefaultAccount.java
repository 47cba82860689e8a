package io.statefulkit.cluster.client;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service account of pods that name none. A controller makes it a moment after the namespace, and until then an API server refuses pods:
 * controllers try again, a test that makes one by itself does not.
 */
record DefaultAccount(KubernetesClient client, String namespace, Duration most) {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultAccount.class);
    private static final int FORBIDDEN = 403;

    /** Waits until it is there, but not for ever: where nobody makes one, or it may not be asked for, tests may do without. */
    void await() {
        try {
            Awaitility.await()
                    .dontCatchUncaughtExceptions()
                    .atMost(most)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .until(this::isThere);
        } catch (ConditionTimeoutException e) {
            LOG.warn(
                    "namespace {} has no default service account after {} s: pods may be refused",
                    namespace,
                    most.toSeconds());
        }
    }

    private boolean isThere() {
        try {
            return client.serviceAccounts()
                            .inNamespace(namespace)
                            .withName("default")
                            .get()
                    != null;
        } catch (KubernetesClientException e) {
            if (e.getCode() == FORBIDDEN) {
                return true;
            }
            throw e;
        }
    }
}
