package io.statefulkit.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what a cluster knows about a namespace into files, for whoever looks into a failure later. Secrets are left out. */
record NamespaceDump(KubernetesClient client, String namespace, Path directory) {

    private static final int LINES = 1000;
    private static final int MOST = 256 * 1024;
    private static final Pattern SENSITIVE = Pattern.compile("(?i).*(password|passwd|secret|token|credential|_key).*");
    private static final String REDACTED = "(redacted)";

    void write() {
        write("events.txt", this::events);
        List<Pod> pods = client.pods().inNamespace(namespace).list().getItems();
        pods.forEach(pod -> redact(pod.getSpec()));
        write("pods.yaml", () -> yaml(pods));
        write("statefulsets.yaml", () -> yaml(statefulSets()));
        write(
                "services.yaml",
                () -> yaml(client.services().inNamespace(namespace).list().getItems()));
        write(
                "claims.yaml",
                () -> yaml(client.persistentVolumeClaims()
                        .inNamespace(namespace)
                        .list()
                        .getItems()));
        for (Pod pod : pods) {
            for (ContainerStatus container : statuses(pod)) {
                String name = pod.getMetadata().getName() + "-" + container.getName();
                write(name + ".log", () -> log(pod, container.getName(), false));
                if (Objects.requireNonNullElse(container.getRestartCount(), 0) > 0) {
                    write(name + ".previous.log", () -> log(pod, container.getName(), true));
                }
            }
        }
    }

    private String events() {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .sorted(Comparator.comparing(NamespaceDump::time))
                .map(event -> time(event) + "  " + event.getType() + "  "
                        + event.getInvolvedObject().getKind() + "/"
                        + event.getInvolvedObject().getName() + "  " + event.getReason() + "  " + event.getMessage())
                .collect(Collectors.joining("\n"));
    }

    private static String time(Event event) {
        return Stream.of(
                        event.getLastTimestamp(),
                        event.getFirstTimestamp(),
                        event.getMetadata().getCreationTimestamp())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private String log(Pod pod, String container, boolean isPrevious) {
        var of = client.pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .inContainer(container);
        return isPrevious
                ? of.terminated().tailingLines(LINES).getLog()
                : of.tailingLines(LINES).getLog();
    }

    private static List<ContainerStatus> statuses(Pod pod) {
        List<ContainerStatus> statuses = new ArrayList<>();
        if (pod.getStatus() != null) {
            statuses.addAll(pod.getStatus().getInitContainerStatuses());
            statuses.addAll(pod.getStatus().getContainerStatuses());
        }
        return statuses;
    }

    private List<StatefulSet> statefulSets() {
        List<StatefulSet> sets =
                client.apps().statefulSets().inNamespace(namespace).list().getItems();
        sets.forEach(set -> redact(set.getSpec().getTemplate().getSpec()));
        return sets;
    }

    private static String yaml(List<? extends HasMetadata> objects) {
        return objects.stream()
                .map(object -> {
                    object.getMetadata().setManagedFields(List.of());
                    return Serialization.asYaml(object);
                })
                .collect(Collectors.joining());
    }

    /** A password belongs into a Secret, but nobody keeps people from writing it here. */
    private static void redact(PodSpec spec) {
        Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> SENSITIVE.matcher(variable.getName()).matches() && variable.getValue() != null)
                .forEach(NamespaceDump::redact);
    }

    private static void redact(EnvVar variable) {
        variable.setValue(REDACTED);
    }

    /** What cannot be had is said in its file, and the others are written all the same. */
    private void write(String file, Supplier<String> content) {
        String text;
        try {
            text = content.get();
        } catch (KubernetesClientException e) {
            text = "not to be had: " + e.getMessage();
        }
        try {
            Files.writeString(directory.resolve(file), cut(text));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + directory.resolve(file), e);
        }
    }

    private static String cut(String text) {
        return text.length() <= MOST
                ? text
                : text.substring(0, MOST / 2) + "\n[… " + (text.length() - MOST) + " characters left out …]\n"
                        + text.substring(text.length() - MOST / 2);
    }
}
