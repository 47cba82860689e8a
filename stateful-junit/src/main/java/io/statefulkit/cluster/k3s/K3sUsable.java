package io.statefulkit.cluster.k3s;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.statefulkit.cluster.ClusterStartException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until pods with claims can run: that the API server is ready says nothing about that.
 *
 * @param client a client
 * @param nodes how many nodes there are to be
 * @param timeout how long each step may take
 */
record K3sUsable(KubernetesClient client, int nodes, Duration timeout) {

    private static final Logger LOG = LoggerFactory.getLogger(K3sUsable.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private static final Duration LONGEST_PULL = Duration.ofMinutes(10);

    private static final Set<String> BEYOND_SANDBOX = Set.of("Pulling", "Pulled", "Created", "Started");

    /** As where the node sees the wrong cgroups: what is around containers is made, ends, and is made again. Once, it means nothing. */
    private static final String AGAIN = "SandboxChanged";

    private static final int LOOP = 3;

    private static final String PROVISIONER = "local-path-provisioner";

    void await() {
        try {
            Awaitility.await()
                    .atMost(timeout)
                    .pollInterval(POLL)
                    .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                    .until(this::isUsable);
        } catch (ConditionTimeoutException e) {
            throw new ClusterStartException(
                    "its API answers, but within " + timeout.toSeconds() + " s there "
                            + (nodes == 1 ? "was no ready node" : "were not " + nodes + " ready nodes")
                            + " with a default service account and a storage class",
                    e);
        }
    }

    private boolean isUsable() {
        return client.nodes().list().getItems().stream()
                                .filter(Readiness::isNodeReady)
                                .count()
                        >= nodes
                && client.serviceAccounts()
                                .inNamespace("default")
                                .withName("default")
                                .get()
                        != null
                && !client.storage().v1().storageClasses().list().getItems().isEmpty();
    }

    /**
     * Without it, claims wait, and tests with them: nothing is wrong with the cluster when it is slow, so that this is no error.
     *
     * @throws ClusterStartException when no pod gets as far as to have containers, as where the node sees the wrong cgroups
     */
    void awaitProvisioner() {
        PullTime pulls = new PullTime(System.nanoTime(), LONGEST_PULL);
        Awaitility.await()
                .forever()
                .pollInterval(POLL)
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> {
                    if (isProvisioned()) {
                        return true;
                    }
                    List<Event> events = events();
                    boolean isOver = pulls.withoutPulls(System.nanoTime(), isPulling(events))
                                    .compareTo(timeout)
                            > 0;
                    if (isOver) {
                        giveUp(events);
                    }
                    return isOver;
                });
    }

    private List<Event> events() {
        return client.v1().events().inNamespace("kube-system").list().getItems();
    }

    private void giveUp(Collection<Event> events) {
        sandboxTrouble(events).ifPresent(why -> {
            throw new ClusterStartException("its pods do not start: " + why);
        });
        LOG.warn("{} was not ready within {} s: claims wait until it is", PROVISIONER, timeout.toSeconds());
    }

    /**
     * What keeps pods from having containers at all, whatever these are, or from keeping them; where one gets as far as to its image, and what
     * is around it stays, there is no such thing.
     */
    static Optional<String> sandboxTrouble(Collection<Event> events) {
        boolean isAnyBeyond =
                events.stream().anyMatch(event -> BEYOND_SANDBOX.contains(String.valueOf(event.getReason())));
        boolean isLoop = times(events, event -> AGAIN.equals(event.getReason())) >= LOOP;
        return isAnyBeyond && !isLoop
                ? Optional.empty()
                : events.stream()
                        .filter(event -> (isLoop ? AGAIN : "FailedCreatePodSandBox").equals(event.getReason()))
                        .map(event -> String.valueOf(event.getMessage()))
                        .findFirst();
    }

    private boolean isProvisioned() {
        List<Pod> pods = client.pods()
                .inNamespace("kube-system")
                .withLabel("app", PROVISIONER)
                .list()
                .getItems();
        return pods.stream().anyMatch(Readiness::isPodReady);
    }

    /** Whether a pod waits for an image just now. */
    static boolean isPulling(Collection<Event> events) {
        return times(events, event -> "Pulling".equals(event.getReason())) > times(events, K3sUsable::isEndOfPull);
    }

    /** One that happens again, as a pull that is tried once more, is the same event with another number. */
    private static long times(Collection<Event> events, Predicate<Event> which) {
        return events.stream()
                .filter(which)
                .mapToLong(event -> Objects.requireNonNullElse(event.getCount(), 1))
                .sum();
    }

    /** An image that was there already is told by the same reason in other words. */
    private static boolean isEndOfPull(Event event) {
        return switch (String.valueOf(event.getReason())) {
            case "Pulled" -> String.valueOf(event.getMessage()).startsWith("Successfully pulled");
            case "Failed" -> String.valueOf(event.getMessage()).startsWith("Failed to pull");
            default -> false;
        };
    }
}
