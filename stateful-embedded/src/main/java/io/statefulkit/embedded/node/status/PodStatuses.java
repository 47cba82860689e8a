package io.statefulkit.embedded.node.status;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.node.status.ContainerState.Running;
import io.statefulkit.embedded.node.status.ContainerState.Terminated;
import io.statefulkit.embedded.node.status.ContainerState.Waiting;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns what the node knows about a pod into the pod's status. Pure. */
public final class PodStatuses {

    private PodStatuses() {}

    /**
     * Returns the status of a pod.
     *
     * @param pod the pod
     * @param record what the node knows
     * @param before the status that is there
     * @param now the time of changed conditions
     */
    public static ObjectNode of(Pod pod, PodRecord record, JsonNode before, Instant now) {
        ObjectNode status = Json.object();
        Long generation = pod.getMetadata().getGeneration();
        long observed = generation == null ? 1 : generation;
        status.put("observedGeneration", observed);
        status.put("phase", PodPhase.of(record));
        new PodConditions(record, before.path("conditions"), observed, now).write(pod, status.putArray("conditions"));
        if (record.finished()) {
            // Why the node ends a pod is said with the phase that it leads to.
            put(status, "message", record.message());
            put(status, "reason", record.reason());
        }
        address(status, "hostIP", record.hostIp());
        address(status, "podIP", record.podIp());
        status.put("startTime", Times.text(record.startTime()));
        containers(pod, record, status);
        String qos = before.path("qosClass")
                .asText(pod.getStatus() == null ? "" : pod.getStatus().getQosClass());
        put(status, "qosClass", qos == null || qos.isEmpty() ? "BestEffort" : qos);
        // What the pod's control group is given; there is none here.
        status.putObject("resources");
        return status;
    }

    private static void address(ObjectNode status, String field, String address) {
        if (!address.isEmpty()) {
            status.put(field, address);
            status.putArray(field + "s").addObject().put("ip", address);
        }
    }

    private static void containers(Pod pod, PodRecord record, ObjectNode status) {
        Map<String, Container> specs = Stream.concat(
                        pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .collect(Collectors.toMap(Container::getName, Function.identity(), (first, second) -> first));
        List<ContainerRecord> inits = record.of(Role.INIT, Role.SIDECAR);
        if (!inits.isEmpty()) {
            ArrayNode list = status.putArray("initContainerStatuses");
            inits.forEach(
                    container -> write(pod, list.addObject(), container, requireNonNull(specs.get(container.name()))));
        }
        ArrayNode list = status.putArray("containerStatuses");
        record.of(Role.MAIN).stream()
                .sorted(Comparator.comparing(ContainerRecord::name))
                .forEach(container ->
                        write(pod, list.addObject(), container, requireNonNull(specs.get(container.name()))));
    }

    private static void write(Pod pod, ObjectNode out, ContainerRecord container, Container spec) {
        out.put("name", container.name());
        write(out.putObject("state"), container.state());
        ObjectNode last = out.putObject("lastState");
        container.last().ifPresent(ended -> write(last, ended));
        out.put("ready", container.ready());
        out.put("restartCount", container.restarts());
        out.put("image", container.imageId().isEmpty() ? spec.getImage() : ContainerFacts.image(spec.getImage()));
        out.put("imageID", container.imageId());
        put(out, "containerID", container.containerId());
        out.put("started", container.started());
        ContainerFacts facts = new ContainerFacts(pod, spec);
        if (!container.containerId().isEmpty()) {
            facts.allocated().ifPresent(requests -> out.set("allocatedResources", requests));
            out.set("resources", spec.getResources() == null ? Json.object() : Json.from(spec.getResources()));
        }
        if (!spec.getVolumeMounts().isEmpty()) {
            ArrayNode mounts = out.putArray("volumeMounts");
            spec.getVolumeMounts().forEach(mount -> write(mounts.addObject(), mount));
        }
        if (!container.containerId().isEmpty()) {
            out.set("user", facts.user());
        }
    }

    private static void write(ObjectNode out, VolumeMount mount) {
        out.put("name", mount.getName());
        out.put("mountPath", mount.getMountPath());
        if (Boolean.TRUE.equals(mount.getReadOnly())) {
            out.put("readOnly", true);
            out.put("recursiveReadOnly", "Disabled");
        }
    }

    private static void write(ObjectNode out, ContainerState state) {
        if (state instanceof Waiting waiting) {
            ObjectNode fields = out.putObject("waiting");
            put(fields, "reason", waiting.reason());
            put(fields, "message", waiting.message());
        } else if (state instanceof Running running) {
            out.putObject("running").put("startedAt", Times.text(running.startedAt()));
        } else if (state instanceof Terminated ended) {
            ObjectNode fields = out.putObject("terminated");
            fields.put("exitCode", ended.exitCode());
            put(fields, "reason", ended.reason());
            put(fields, "message", ended.message());
            fields.put("startedAt", ended.startedAt().equals(Instant.MIN) ? null : Times.text(ended.startedAt()));
            fields.put("finishedAt", ended.finishedAt().equals(Instant.MIN) ? null : Times.text(ended.finishedAt()));
            put(fields, "containerID", ended.containerId());
        }
    }

    private static void put(ObjectNode out, String field, String text) {
        if (!text.isEmpty()) {
            out.put(field, text);
        }
    }
}
