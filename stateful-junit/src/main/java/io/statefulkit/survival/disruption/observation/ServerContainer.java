package io.statefulkit.survival.disruption.observation;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.internal.NotApi;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which container of a pod is the server: others stand beside it, and a mesh puts its proxy before it. It is the one that is named by who
 * described the workload; else the one that {@code kubectl} takes, by an annotation that meshes set as well; else the first with a claim;
 * else the first that is no proxy that is known.
 *
 * @param name its name, where that is known
 */
@NotApi
public record ServerContainer(Optional<String> name) {

    /** Where its name is not known. */
    public static final ServerContainer UNNAMED = new ServerContainer(Optional.empty());

    private static final String DEFAULT = "kubectl.kubernetes.io/default-container";

    private static final Set<String> PROXIES = Set.of(
            "istio-proxy",
            "linkerd-proxy",
            "kuma-sidecar",
            "consul-dataplane",
            "envoy",
            "envoy-sidecar",
            "daprd",
            "vault-agent",
            "cloud-sql-proxy",
            "traffic-agent");

    /** That of a pod. */
    public Container in(Pod pod) {
        return in(pod.getMetadata(), pod.getSpec(), List.of());
    }

    /**
     * That of pods that are made from a template.
     *
     * @param templates the names of the volumes that are claimed for each pod besides
     */
    Container in(PodTemplateSpec template, Collection<String> templates) {
        return in(template.getMetadata(), template.getSpec(), templates);
    }

    private Container in(ObjectMeta metadata, PodSpec spec, Collection<String> templates) {
        Set<String> claimed = spec.getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(Volume::getName)
                .collect(Collectors.toCollection(HashSet::new));
        claimed.addAll(templates);
        List<Container> all = spec.getContainers();
        return named(all, name)
                .or(() -> named(all, told(metadata)))
                .or(() -> first(
                        all,
                        container -> container.getVolumeMounts().stream()
                                .map(VolumeMount::getName)
                                .anyMatch(claimed::contains)))
                .or(() -> first(all, container -> !PROXIES.contains(container.getName())))
                .orElseGet(() -> all.get(0));
    }

    private static Optional<String> told(ObjectMeta metadata) {
        return Optional.ofNullable(metadata)
                .map(ObjectMeta::getAnnotations)
                .map(annotations -> annotations.get(DEFAULT));
    }

    private static Optional<Container> named(List<Container> all, Optional<String> name) {
        return name.flatMap(
                wanted -> first(all, container -> container.getName().equals(wanted)));
    }

    private static Optional<Container> first(List<Container> all, Predicate<Container> which) {
        return all.stream().filter(which).findFirst();
    }
}
