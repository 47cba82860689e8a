package io.statefulkit.survival;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.survival.report.Surroundings;
import io.statefulkit.survival.report.Surroundings.ClusterEvent;
import io.statefulkit.survival.report.Surroundings.Fact;
import io.statefulkit.survival.report.Surroundings.PodLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what else the cluster knows about a workload. What cannot be seen is left out: a report must not fail a run. */
record Neighbourhood(Subject subject) {

    private static final Logger LOG = LoggerFactory.getLogger(Neighbourhood.class);
    private static final int EVENTS = 500;
    private static final int LINES = 400;
    private static final int PODS = 5;

    Surroundings look() {
        return new Surroundings(seen("facts", this::facts), seen("events", this::events), seen("logs", this::logs));
    }

    /** What a user has no right to see does not hide the rest. */
    private static <T> List<T> seen(String what, Supplier<List<T>> look) {
        try {
            return look.get();
        } catch (KubernetesClientException e) {
            LOG.warn("the report of a run lacks {}", what, e);
            return List.of();
        }
    }

    private KubernetesClient client() {
        return subject.client();
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Kubernetes", client().getKubernetesVersion().getGitVersion()));
        facts.add(new Fact("namespace", subject.namespace()));
        template()
                .ifPresent(template -> template.getSpec()
                        .getContainers()
                        .forEach(container ->
                                facts.add(new Fact("image of " + container.getName(), container.getImage()))));
        set().ifPresent(set -> set.getSpec().getVolumeClaimTemplates().stream()
                .map(claim -> Optional.ofNullable(claim.getSpec().getStorageClassName())
                        .orElse("the default one"))
                .distinct()
                .forEach(storage -> facts.add(new Fact("storage class", storage))));
        facts.add(new Fact("Java", Runtime.version().toString()));
        facts.add(new Fact("processors", "" + Runtime.getRuntime().availableProcessors()));
        return facts;
    }

    private Optional<StatefulSet> set() {
        return Optional.ofNullable(client().apps()
                .statefulSets()
                .inNamespace(subject.namespace())
                .withName(subject.name())
                .get());
    }

    private Optional<PodTemplateSpec> template() {
        if (subject.kind() == WorkloadRef.Kind.STATEFUL_SET) {
            return set().map(set -> set.getSpec().getTemplate());
        }
        return Optional.ofNullable(client().apps()
                        .deployments()
                        .inNamespace(subject.namespace())
                        .withName(subject.name())
                        .get())
                .map(deployment -> deployment.getSpec().getTemplate());
    }

    private String podNames() {
        return Pattern.quote(subject.name())
                + (subject.kind() == WorkloadRef.Kind.STATEFUL_SET ? "-\\d+" : "-[a-z0-9]+-[a-z0-9]{5}");
    }

    private List<ClusterEvent> events() {
        List<ClusterEvent> events = client().v1().events().inNamespace(subject.namespace()).list().getItems().stream()
                .filter(event -> event.getInvolvedObject() != null
                        && isOurs(Objects.requireNonNullElse(
                                event.getInvolvedObject().getName(), "")))
                .sorted(Comparator.comparing(Neighbourhood::time))
                .map(Neighbourhood::described)
                .toList();
        return events.subList(Math.max(0, events.size() - EVENTS), events.size());
    }

    /** That of the workload, of its pods and claims, and of what is between them: {@code data-orders-0}, and not {@code reorders-0}. */
    private boolean isOurs(String object) {
        return object.matches("(.+-)?" + Pattern.quote(subject.name()) + "(-.+)?");
    }

    private static String time(Event event) {
        if (event.getLastTimestamp() != null) {
            return event.getLastTimestamp();
        }
        return event.getEventTime() == null
                ? Objects.requireNonNullElse(event.getMetadata().getCreationTimestamp(), "")
                : event.getEventTime().getTime();
    }

    private static ClusterEvent described(Event event) {
        return new ClusterEvent(
                time(event),
                Objects.requireNonNullElse(event.getType(), ""),
                event.getInvolvedObject().getKind() + "/"
                        + event.getInvolvedObject().getName(),
                Objects.requireNonNullElse(event.getReason(), ""),
                LogText.redacted(Objects.requireNonNullElse(event.getMessage(), "")));
    }

    private List<PodLog> logs() {
        List<PodLog> logs = new ArrayList<>();
        client().pods().inNamespace(subject.namespace()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getName().matches(podNames()))
                .limit(PODS)
                .forEach(pod -> logs.addAll(logsOf(pod)));
        return logs;
    }

    private List<PodLog> logsOf(Pod pod) {
        List<PodLog> logs = new ArrayList<>();
        if (pod.getStatus() == null) {
            return logs;
        }
        for (ContainerStatus container : pod.getStatus().getContainerStatuses()) {
            String name = pod.getMetadata().getName() + "/" + container.getName();
            if (container.getRestartCount() != null && container.getRestartCount() > 0) {
                log(pod, container.getName(), true)
                        .ifPresent(text -> logs.add(new PodLog(name + ", before its restart", text)));
            }
            log(pod, container.getName(), false).ifPresent(text -> logs.add(new PodLog(name, text)));
        }
        return logs;
    }

    /** A container that does not run, or never did, has none. */
    private Optional<String> log(Pod pod, String container, boolean previous) {
        try {
            var source = client().pods()
                    .inNamespace(subject.namespace())
                    .withName(pod.getMetadata().getName())
                    .inContainer(container);
            String text = (previous ? source.terminated().tailingLines(LINES) : source.tailingLines(LINES)).getLog();
            return Optional.of(LogText.shortened(LogText.redacted(text)));
        } catch (KubernetesClientException e) {
            LOG.debug("no log of {}", container, e);
            return Optional.empty();
        }
    }
}
