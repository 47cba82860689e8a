package io.statefulkit.cluster.client;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what a cluster knows about a namespace into files, for whoever looks into a failure later. Secrets are left out. */
record NamespaceDump(KubernetesClient client, String namespace, Path directory) {

    private static final int LINES = 1000;
    private static final int MOST = 256 * 1024;
    private static final int MOST_PODS = 30;

    /** What was written before something goes wrong is cleaned as well: it was there for a moment, and stays. */
    void write() {
        try {
            writeAll();
        } finally {
            hideSecrets();
        }
    }

    private void writeAll() {
        write("events.txt", this::events);
        List<Pod> pods = new ArrayList<>();
        write("pods.yaml", () -> {
            pods.addAll(client.pods().inNamespace(namespace).list().getItems());
            pods.forEach(pod -> redact(pod.getSpec()));
            return yaml(pods);
        });
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
        if (pods.size() > MOST_PODS) {
            write("left-out.txt", () -> "the logs of " + (pods.size() - MOST_PODS) + " of " + pods.size() + " pods");
        }
        for (Pod pod : pods.subList(0, Math.min(MOST_PODS, pods.size()))) {
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
        return NamespaceEvents.of(client, namespace).stream()
                .map(event -> event.at() + "  " + event.text())
                .collect(Collectors.joining("\n"));
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
        sensitive(spec).forEach(NamespaceDump::redact);
    }

    private static Stream<EnvVar> sensitive(PodSpec spec) {
        return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> Redaction.isSensitive(variable.getName()) && variable.getValue() != null);
    }

    private static void redact(EnvVar variable) {
        variable.setValue(Redaction.REDACTED);
    }

    /** What cannot be had is said in its file, and the others are written all the same. */
    private void write(String file, Supplier<String> content) {
        String text;
        try {
            text = content.get();
        } catch (KubernetesClientException e) {
            text = "not to be had: " + e.getMessage();
        }
        write(directory.resolve(file), text);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, cut(text));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** A server may print its password, and a failed test too. */
    void hideSecrets() {
        UnaryOperator<String> cleaning = cleaning();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    String text = Files.readString(file);
                    String clean = cleaning.apply(text);
                    if (!clean.equals(text) || text.length() > MOST) {
                        write(file, clean);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for secrets in " + directory, e);
        }
    }

    /** What cannot be cleaned is not kept. */
    private UnaryOperator<String> cleaning() {
        try {
            return redaction()::clean;
        } catch (KubernetesClientException e) {
            return text ->
                    "left out, since what Secrets hold could not be asked for, to take it out: " + e.getMessage();
        }
    }

    /** What Secrets hold, and what passwords are in plain sight: annotations repeat them, and servers print them. */
    private Redaction redaction() {
        Stream<PodSpec> specs = Stream.concat(
                client.pods().inNamespace(namespace).list().getItems().stream().map(Pod::getSpec),
                client.apps().statefulSets().inNamespace(namespace).list().getItems().stream()
                        .map(set -> set.getSpec().getTemplate().getSpec()));
        return Redaction.of(
                client.secrets().inNamespace(namespace).list().getItems(),
                specs.flatMap(NamespaceDump::sensitive)
                        // Where a password is, is none.
                        .filter(variable -> !variable.getName().endsWith("_FILE"))
                        .map(EnvVar::getValue)
                        .toList());
    }

    /** Leaves out the middle of what is too large. */
    static String cut(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        int head = whole(text, MOST / 2);
        int tail = whole(text, text.length() - MOST / 2);
        return text.substring(0, head) + "\n[… " + (tail - head) + " characters left out …]\n" + text.substring(tail);
    }

    /** Where to cut, so that no character loses one of its two halves: half of one cannot be written. */
    private static int whole(String text, int index) {
        return Character.isLowSurrogate(text.charAt(index)) && Character.isHighSurrogate(text.charAt(index - 1))
                ? index - 1
                : index;
    }
}
