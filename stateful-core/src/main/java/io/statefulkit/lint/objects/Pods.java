package io.statefulkit.lint.objects;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.statefulkit.internal.Marks;
import io.statefulkit.internal.NotApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pods that an object makes.
 *
 * @param owner the object
 * @param labels of the pods
 * @param spec of the pods
 * @param replicas how many
 * @param templates claims that each pod gets
 */
@NotApi
public record Pods(
        HasMetadata owner,
        Map<String, String> labels,
        PodSpec spec,
        int replicas,
        List<PersistentVolumeClaim> templates) {

    /** Return the pods that an object makes, if it makes any. */
    public static Optional<Pods> of(HasMetadata object) {
        if (object instanceof StatefulSet set && set.getSpec() != null) {
            return of(
                    set,
                    set.getSpec().getTemplate(),
                    count(set.getSpec().getReplicas()),
                    set.getSpec().getVolumeClaimTemplates());
        }
        if (object instanceof Deployment deployment && deployment.getSpec() != null) {
            return of(
                    deployment,
                    deployment.getSpec().getTemplate(),
                    count(deployment.getSpec().getReplicas()),
                    List.of());
        }
        if (object instanceof ReplicaSet set && set.getSpec() != null) {
            return of(set, set.getSpec().getTemplate(), count(set.getSpec().getReplicas()), List.of());
        }
        if (object instanceof DaemonSet set && set.getSpec() != null) {
            return of(set, set.getSpec().getTemplate(), 1, List.of());
        }
        if (object instanceof Job job && job.getSpec() != null) {
            return of(job, job.getSpec().getTemplate(), 1, List.of());
        }
        if (object instanceof CronJob cron
                && cron.getSpec() != null
                && cron.getSpec().getJobTemplate() != null
                && cron.getSpec().getJobTemplate().getSpec() != null) {
            return of(cron, cron.getSpec().getJobTemplate().getSpec().getTemplate(), 1, List.of());
        }
        if (object instanceof Pod pod && pod.getSpec() != null) {
            return Optional.of(new Pods(pod, Marks.labels(pod.getMetadata()), pod.getSpec(), 1, List.of()));
        }
        return Optional.empty();
    }

    private static Optional<Pods> of(
            HasMetadata owner, PodTemplateSpec template, int replicas, List<PersistentVolumeClaim> templates) {
        return template == null || template.getSpec() == null
                ? Optional.empty()
                : Optional.of(
                        new Pods(owner, Marks.labels(template.getMetadata()), template.getSpec(), replicas, templates));
    }

    private static int count(Integer replicas) {
        return replicas == null ? 1 : replicas;
    }

    /** Return true if the pods end by themselves. */
    public boolean job() {
        return owner instanceof Job || owner instanceof CronJob;
    }

    /** Return where findings about all of them are. */
    public String path() {
        return owner.getKind() + "/" + owner.getMetadata().getName();
    }

    /** Return where findings about one of their containers are. */
    public String path(Container container) {
        return path() + " container " + container.getName();
    }

    /** Return the containers, and those that run before them. */
    public List<Container> containers() {
        return Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream())
                .toList();
    }

    /** Return the claim behind a volume of the pods: the name of a claim, or of a template. */
    public Optional<String> claimOf(String volume) {
        if (templates.stream()
                .anyMatch(template -> template.getMetadata().getName().equals(volume))) {
            return Optional.of(volume);
        }
        return volume(volume).map(Volume::getPersistentVolumeClaim).map(source -> source.getClaimName());
    }

    /** Return the volume of this name; none for a claim that each pod gets. */
    public Optional<Volume> volume(String name) {
        return spec.getVolumes().stream()
                .filter(volume -> name.equals(volume.getName()))
                .findFirst();
    }

    /** Return the mount that holds this path: the longest one at or above it. */
    public static Optional<VolumeMount> mountOf(Container container, String path) {
        return container.getVolumeMounts().stream()
                .filter(mount -> mount.getMountPath() != null && contains(strip(mount.getMountPath()), strip(path)))
                .max((a, b) -> Integer.compare(
                        strip(a.getMountPath()).length(),
                        strip(b.getMountPath()).length()));
    }

    /** Return true if a path is this directory, or in it. */
    public static boolean contains(String directory, String path) {
        return path.equals(directory) || path.startsWith(directory.equals("/") ? "/" : directory + "/");
    }

    /** Return the path without a slash at its end. */
    public static String strip(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Return a variable of a container. */
    public static Optional<EnvVar> env(Container container, String name) {
        return container.getEnv().stream()
                .filter(variable -> name.equals(variable.getName()))
                .findFirst();
    }

    /** Return the value of a variable that is written out. */
    public static Optional<String> value(Container container, String name) {
        return env(container, name).map(EnvVar::getValue);
    }

    /** Return command and arguments in one text. */
    public static String words(Container container) {
        return String.join(
                " ",
                Stream.concat(container.getCommand().stream(), container.getArgs().stream())
                        .toList());
    }
}
