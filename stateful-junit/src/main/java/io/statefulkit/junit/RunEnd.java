package io.statefulkit.junit;

import io.statefulkit.cluster.Cluster;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits, at the end of all tests, until the namespaces that were deleted are gone. */
final class RunEnd implements CloseableResource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunEnd.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<Cluster, Set<String>> going = new ConcurrentHashMap<>();

    void awaits(Cluster cluster, String namespace) {
        Set<String> namespaces = going.computeIfAbsent(cluster, key -> ConcurrentHashMap.newKeySet());
        // Those that are gone by now need no memory.
        namespaces.removeIf(name -> !cluster.hasNamespace(name));
        namespaces.add(namespace);
    }

    @Override
    public void close() {
        going.forEach((cluster, namespaces) -> {
            try {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> {
                            namespaces.removeIf(name -> !cluster.hasNamespace(name));
                            return namespaces.isEmpty();
                        });
            } catch (ConditionTimeoutException e) {
                LOG.warn(
                        "namespaces {} are still there after {} s; what holds them: kubectl --kubeconfig {} get namespace -o yaml",
                        namespaces,
                        PATIENCE.toSeconds(),
                        cluster.kubeconfig());
            } catch (RuntimeException e) {
                LOG.warn("cannot tell whether namespaces {} are gone", namespaces, e);
            }
        });
    }
}
