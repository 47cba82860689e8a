package io.statefulkit.junit;

import io.statefulkit.cluster.Cluster;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits, at the end of all tests, until the namespaces that were deleted are gone. */
final class RunEnd implements CloseableResource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunEnd.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 50;

    private final Duration patience;
    private final Map<Cluster, Set<String>> going = new ConcurrentHashMap<>();

    /** Waits for a minute at most. */
    RunEnd() {
        this(PATIENCE);
    }

    RunEnd(Duration patience) {
        this.patience = patience;
    }

    void awaits(Cluster cluster, String namespace) {
        Set<String> namespaces = going.computeIfAbsent(cluster, key -> ConcurrentHashMap.newKeySet());
        namespaces.add(namespace);
        if (namespaces.size() % MANY == 0) {
            // Those that are gone by now need no memory. To ask after each of them would cost each class several
            // requests.
            forgetGone(cluster, namespaces);
        }
    }

    /** Others may add to them meanwhile. */
    private static void forgetGone(Cluster cluster, Set<String> namespaces) {
        Set<String> gone = new HashSet<>(namespaces);
        gone.removeAll(cluster.stillThere(Set.copyOf(gone)));
        namespaces.removeAll(gone);
    }

    /** Says what keeps namespaces that do not go. */
    String stuck(Cluster cluster, Set<String> namespaces) {
        return namespaces.stream()
                .sorted()
                .map(name -> {
                    List<String> reasons = keeping(cluster, name);
                    return "namespace " + name + " is still there after " + patience.toSeconds() + " s"
                            + (reasons.isEmpty() ? "" : ": " + String.join("; ", reasons));
                })
                .collect(Collectors.joining("\n"));
    }

    /** Not everybody may look at all that a namespace holds. */
    private static List<String> keeping(Cluster cluster, String namespace) {
        try {
            return cluster.keeping(namespace);
        } catch (RuntimeException e) {
            return List.of("what keeps it cannot be told, since " + e.getMessage());
        }
    }

    @Override
    public void close() {
        going.forEach((cluster, namespaces) -> {
            try {
                Awaitility.await()
                        .atMost(patience)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> {
                            forgetGone(cluster, namespaces);
                            return namespaces.isEmpty();
                        });
            } catch (ConditionTimeoutException e) {
                LOG.warn(
                        "{}; see also kubectl --kubeconfig {} get namespace -o yaml",
                        stuck(cluster, namespaces),
                        cluster.kubeconfig());
            } catch (RuntimeException e) {
                LOG.warn("cannot tell whether namespaces {} are gone", namespaces, e);
            }
        });
    }
}
