package io.statefulkit.handle.place;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.internal.NotApi;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.IntStream;

/** Reads the object that runs the pods, as it is now. */
@NotApi
public record LiveWorkload(Place place) {

    /** Returns the StatefulSet or Deployment. */
    public HasMetadata object() {
        var apps = place.client().apps();
        HasMetadata object = place.ref().kind() == WorkloadRef.Kind.STATEFUL_SET
                ? apps.statefulSets()
                        .inNamespace(place.namespace())
                        .withName(place.name())
                        .get()
                : apps.deployments()
                        .inNamespace(place.namespace())
                        .withName(place.name())
                        .get();
        if (object == null) {
            throw new NoSuchElementException(place.ref() + " does not exist (any more): deploy it again");
        }
        return object;
    }

    /** Returns what its pods are made of. */
    public PodSpec pod() {
        HasMetadata object = object();
        return object instanceof StatefulSet set
                ? set.getSpec().getTemplate().getSpec()
                : ((Deployment) object).getSpec().getTemplate().getSpec();
    }

    /** Returns what its first pod would be, with its volumes, while there is none. */
    public Pod stoppedPod() {
        PodSpecBuilder spec = new PodSpecBuilder(pod());
        if (object() instanceof StatefulSet set) {
            for (PersistentVolumeClaim template : set.getSpec().getVolumeClaimTemplates()) {
                String name = template.getMetadata().getName();
                spec.addNewVolume()
                        .withName(name)
                        .withNewPersistentVolumeClaim(name + "-" + place.name() + "-" + firstOrdinal(set), false)
                        .endVolume();
            }
        }
        return new PodBuilder().withSpec(spec.build()).build();
    }

    /** Returns the environment of a container. */
    public ContainerEnv env(String container) {
        PodSpec pod = pod();
        Container found = pod.getContainers().stream()
                .filter(one -> one.getName().equals(container))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(place.ref() + " has no container " + container));
        return new ContainerEnv(place.client(), place.namespace(), pod, found);
    }

    /** Returns the declared number of pods. */
    public int replicas() {
        return replicas(object());
    }

    /** Returns the ordinals of its pods. */
    public List<Integer> ordinals() {
        HasMetadata object = object();
        int first = firstOrdinal(object);
        return IntStream.range(first, first + replicas(object)).boxed().toList();
    }

    /** Returns the ordinal of its first pod: pods of a StatefulSet may be numbered from another number than 0 on. */
    public static int firstOrdinal(HasMetadata object) {
        return object instanceof StatefulSet set && set.getSpec().getOrdinals() != null
                ? Objects.requireNonNullElse(set.getSpec().getOrdinals().getStart(), 0)
                : 0;
    }

    public static int replicas(HasMetadata object) {
        Integer declared = object instanceof StatefulSet set
                ? set.getSpec().getReplicas()
                : ((Deployment) object).getSpec().getReplicas();
        return Objects.requireNonNullElse(declared, 1);
    }
}
