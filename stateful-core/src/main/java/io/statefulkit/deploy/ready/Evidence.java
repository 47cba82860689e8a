package io.statefulkit.deploy.ready;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.deploy.Diagnosis;
import io.statefulkit.deploy.Trouble;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.deploy.watch.WorkloadState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Collects what explains a workload that is stuck. */
final class Evidence {

    private static final int LOG_LINES = 15;
    private static final int EVENTS = 6;

    private final KubernetesClient client;

    Evidence(KubernetesClient client) {
        this.client = client;
    }

    Diagnosis of(WorkloadRef ref, WorkloadState state, String missing) {
        List<Diagnosis.LogTail> logs = new ArrayList<>();
        for (Pod pod : state.livePods()) {
            for (ContainerStatus container : Pods.containers(pod)) {
                if (!Boolean.TRUE.equals(container.getReady())) {
                    tail(ref, pod, container).ifPresent(logs::add);
                }
            }
        }
        List<Trouble> troubles = new ArrayList<>(LogRules.sharpen(Troubles.in(state), logs));
        troubles.addAll(Troubles.unbound(state));
        troubles.addAll(Troubles.overdue(state, Instant.now()));
        return new Diagnosis(ref, missing, troubles, lines(state.events()), logs);
    }

    private static List<String> lines(List<Event> events) {
        List<String> lines = events.stream()
                .sorted(Comparator.comparing(event -> time(event).orElse(Instant.MIN)))
                .map(event -> event.getType() + " " + event.getReason() + " "
                        + event.getInvolvedObject().getKind() + "/"
                        + event.getInvolvedObject().getName() + ": "
                        + Objects.requireNonNullElse(event.getMessage(), "").strip())
                .distinct()
                .toList();
        return lines.subList(Math.max(0, lines.size() - EVENTS), lines.size());
    }

    /** Returns when something happened for the last time; empty if the event does not say. */
    static Optional<Instant> time(Event event) {
        return Optional.ofNullable(event.getLastTimestamp())
                // The time of an event that is counted in a series is that of the first one.
                .or(() -> Optional.ofNullable(event.getSeries())
                        .map(series -> series.getLastObservedTime())
                        .map(time -> time.getTime()))
                .or(() -> Optional.ofNullable(event.getEventTime()).map(time -> time.getTime()))
                .or(() -> Optional.ofNullable(event.getMetadata()).map(meta -> meta.getCreationTimestamp()))
                .map(Instant::parse);
    }

    private Optional<Diagnosis.LogTail> tail(WorkloadRef ref, Pod pod, ContainerStatus container) {
        boolean restarted = Objects.requireNonNullElse(container.getRestartCount(), 0) > 0;
        List<String> lines = read(ref, pod, container, false);
        if (lines.isEmpty() && restarted) {
            lines = read(ref, pod, container, true);
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Diagnosis.LogTail(Pods.name(pod), container.getName(), lines));
    }

    private List<String> read(WorkloadRef ref, Pod pod, ContainerStatus container, boolean previous) {
        try {
            var log = client.pods()
                    .inNamespace(ref.namespace())
                    .withName(Pods.name(pod))
                    .inContainer(container.getName());
            String text = previous
                    ? log.terminated().tailingLines(LOG_LINES).getLog()
                    : log.tailingLines(LOG_LINES).getLog();
            return text == null ? List.of() : text.lines().toList();
        } catch (KubernetesClientException e) {
            // A container that never ran has no log, and a diagnosis without one is better than none.
            return List.of();
        }
    }
}
