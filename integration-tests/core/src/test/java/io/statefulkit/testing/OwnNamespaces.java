package io.statefulkit.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The namespaces of the tests of this JVM on a cluster that others may use too: their names are like no other, and they go with their class, or at
 * the end of the JVM.
 */
final class OwnNamespaces {

    private static final Logger LOG = LoggerFactory.getLogger(OwnNamespaces.class);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final KubernetesClient client;
    private final String run = Long.toString(ProcessHandle.current().pid() * 1_000_003L ^ System.nanoTime(), 36)
            .replace("-", "");
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    OwnNamespaces(KubernetesClient client) {
        this.client = client;
    }

    String create(String name) {
        String namespace = name + "-" + names.size() + "-" + run;
        names.add(namespace);
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("app.kubernetes.io/managed-by", "statefulkit-tests")
                        .endMetadata()
                        .build())
                .create();
        // Made a moment later; until then, pods are refused.
        await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
        return namespace;
    }

    /** Begins to delete those that nobody has begun to, and waits for nothing. */
    void begin() {
        try {
            for (String name : names) {
                if (begun.add(name)) {
                    client.namespaces().withName(name).delete();
                }
            }
        } catch (KubernetesClientException e) {
            LOG.warn("of the namespaces {} of these tests some go at the end only: {}", names, e.getMessage());
        }
    }

    /** Volumes that tests made the cluster keep are theirs too. */
    void delete() {
        try {
            names.forEach(name -> client.namespaces().withName(name).delete());
            await().atMost(LIMIT)
                    .until(() -> names.stream()
                            .allMatch(name -> client.namespaces().withName(name).get() == null));
            kept().forEach(volume -> client.resource(volume).delete());
        } catch (KubernetesClientException | ConditionTimeoutException e) {
            LOG.warn("of the namespaces {} of these tests some are left: {}", names, e.getMessage());
        }
    }

    private List<PersistentVolume> kept() {
        return client.persistentVolumes().list().getItems().stream()
                .filter(volume -> volume.getSpec().getClaimRef() != null
                        && names.contains(volume.getSpec().getClaimRef().getNamespace()))
                .toList();
    }
}
