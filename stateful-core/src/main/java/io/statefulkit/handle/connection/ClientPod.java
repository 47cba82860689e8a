package io.statefulkit.handle.connection;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pod beside a workload, made from its image: it may run where the pods of the workload may, with their rights, and asks for
 * little, so that it finds room and passes the same quotas.
 *
 * @param workload what the pods of the workload are made of
 * @param container the container whose image and rights it gets
 */
record ClientPod(PodSpec workload, String container) {

    /** What it asks for at most. It may use as much as the server may: some run a server of their own for a while. */
    private static final Map<String, Quantity> SMALL =
            Map.of("cpu", Quantity.parse("50m"), "memory", Quantity.parse("128Mi"));

    /** A quota may want to know how much of the disk of its node a pod uses; who says it without need is ended when it is more. */
    static final String DISK = "ephemeral-storage";

    PodSpec running(String name, List<String> command, List<EnvVar> env, Duration atMost) {
        Container server = server();
        Container client = new ContainerBuilder()
                .withName(name)
                .withImage(server.getImage())
                .withImagePullPolicy(server.getImagePullPolicy())
                .withCommand(command)
                .withEnv(env)
                .withResources(little(server.getResources()))
                .withSecurityContext(server.getSecurityContext())
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .build();
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withActiveDeadlineSeconds(atMost.toSeconds())
                .withTerminationGracePeriodSeconds(1L)
                .withServiceAccountName(workload.getServiceAccountName())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(workload.getSecurityContext())
                .withImagePullSecrets(workload.getImagePullSecrets())
                .withNodeSelector(workload.getNodeSelector())
                .withAffinity(nodes(workload.getAffinity()))
                .withTolerations(workload.getTolerations())
                .withPriorityClassName(workload.getPriorityClassName())
                .withRuntimeClassName(workload.getRuntimeClassName())
                .withSchedulerName(workload.getSchedulerName())
                .withContainers(client)
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .build();
    }

    /** What keeps pods of the workload apart from each other does not keep others away from them. */
    private static @Nullable Affinity nodes(@Nullable Affinity affinity) {
        return affinity == null || affinity.getNodeAffinity() == null
                ? null
                : new AffinityBuilder()
                        .withNodeAffinity(affinity.getNodeAffinity())
                        .build();
    }

    /** Adds what the server may use of the disk of its node, if it says that, to a pod that says nothing of it. */
    PodSpec withDisk(PodSpec pod) {
        ResourceRequirements server = server().getResources();
        Map<String, Quantity> requests = disk(server == null ? null : server.getRequests());
        Map<String, Quantity> limits = disk(server == null ? null : server.getLimits());
        return new PodSpecBuilder(pod)
                .editFirstContainer()
                .editOrNewResources()
                .addToRequests(requests)
                .addToLimits(limits)
                .endResources()
                .endContainer()
                .build();
    }

    private static Map<String, Quantity> disk(@Nullable Map<String, Quantity> amounts) {
        Map<String, Quantity> known = new HashMap<>(Objects.requireNonNullElse(amounts, Map.of()));
        known.keySet().retainAll(Set.of(DISK));
        return known;
    }

    private Container server() {
        return workload.getContainers().stream()
                .filter(one -> one.getName().equals(container))
                .findFirst()
                .orElseThrow();
    }

    /** What is limited without a request would be requested in full. */
    private static @Nullable ResourceRequirements little(@Nullable ResourceRequirements server) {
        if (server == null) {
            return null;
        }
        Map<String, Quantity> limits = of(server.getLimits());
        Map<String, Quantity> requests = new HashMap<>(limits);
        requests.putAll(of(server.getRequests()));
        requests.replaceAll((resource, asked) -> less(asked, Objects.requireNonNull(SMALL.get(resource))));
        return new ResourceRequirementsBuilder()
                .withLimits(limits)
                .withRequests(requests)
                .build();
    }

    private static Map<String, Quantity> of(@Nullable Map<String, Quantity> amounts) {
        Map<String, Quantity> known = new HashMap<>(Objects.requireNonNullElse(amounts, Map.of()));
        known.keySet().retainAll(SMALL.keySet());
        return known;
    }

    private static Quantity less(Quantity one, Quantity other) {
        return Quantity.getAmountInBytes(one).compareTo(Quantity.getAmountInBytes(other)) < 0 ? one : other;
    }
}
