package io.statefulkit.samples.loss;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.statefulkit.samples.stage.Stage;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The pods of a workload that share a volume, seen from outside.
 *
 * @param stage where they are
 * @param workload the name of the workload
 */
record Fenced(Stage stage, String workload) {

    private static final String WAITING = "waiting: another pod still uses this volume";

    /** Waits until so many of them say that they wait for another one, and returns how many do. */
    long await(long expected) {
        try {
            return Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> count(this::waits), seen -> seen == expected);
        } catch (ConditionTimeoutException e) {
            return count(this::waits);
        }
    }

    /** Returns how many of them are ready. */
    long ready() {
        return count(Readiness::isPodReady);
    }

    private long count(Predicate<Pod> which) {
        return pods().stream().filter(which).count();
    }

    private List<Pod> pods() {
        return stage.client()
                .pods()
                .inNamespace(stage.namespace())
                .withLabel("app.kubernetes.io/instance", workload)
                .list()
                .getItems();
    }

    /** One whose container has not begun has no log yet. */
    private boolean waits(Pod pod) {
        try {
            return !Readiness.isPodReady(pod)
                    && stage.client()
                            .pods()
                            .inNamespace(stage.namespace())
                            .withName(pod.getMetadata().getName())
                            .inContainer("postgres")
                            .getLog()
                            .contains(WAITING);
        } catch (KubernetesClientException e) {
            return false;
        }
    }
}
