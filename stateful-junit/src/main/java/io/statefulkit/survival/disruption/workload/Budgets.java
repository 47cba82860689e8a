package io.statefulkit.survival.disruption.workload;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The disruption budgets of a workload's pods. */
record Budgets(KubernetesClient client, String namespace, Map<String, String> labels) {

    /** Its controller may not have counted pods yet that are ready since a moment ago. */
    private static final Duration COUNTED = Duration.ofSeconds(3);

    /** Why no pod can be evicted while all of them are ready: then none ever can. */
    Optional<String> obstacle() {
        try {
            Polling.within(Awaitility.await(), COUNTED, Duration.ofMillis(100)).until(() -> closed().isEmpty());
            return Optional.empty();
        } catch (ConditionTimeoutException e) {
            return closed().stream()
                    .findFirst()
                    .map(budget ->
                            "the disruption budget " + budget.getMetadata().getName()
                                    + " allows no eviction while all of its pods are ready, and would not later");
        }
    }

    private List<PodDisruptionBudget> closed() {
        return all().stream()
                .filter(budget -> selects(budget.getSpec().getSelector()))
                .filter(budget -> budget.getStatus() == null
                        || Objects.requireNonNullElse(budget.getStatus().getDisruptionsAllowed(), 0) == 0)
                .toList();
    }

    private List<PodDisruptionBudget> all() {
        try {
            return client.policy()
                    .v1()
                    .podDisruptionBudget()
                    .inNamespace(namespace)
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            // Who may not read them finds out by evicting.
            return List.of();
        }
    }

    /** Budgets with expressions are left to the eviction. */
    private boolean selects(LabelSelector selector) {
        return selector != null
                && selector.getMatchExpressions().isEmpty()
                && labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
    }
}
