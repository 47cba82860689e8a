package io.statefulkit.deploy.watch;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.deploy.WorkloadRef;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A workload, its pods and the events about them, as they were seen at one moment.
 *
 * @param workload the workload; empty when there is none
 * @param pods its pods, terminating ones included, by name
 * @param events events about them since the watch began
 */
public record WorkloadState(Optional<Workload> workload, List<Pod> pods, List<Event> events) {

    private static final Pattern HASH = Pattern.compile("[a-z0-9]+");
    private static final Pattern ORDINAL = Pattern.compile("[0-9]+");
    private static final Pattern POD_OF_REPLICA_SET = Pattern.compile("[a-z0-9]+-[a-z0-9]{5}");

    /** Copies the lists and sorts the pods. */
    public WorkloadState {
        pods = pods.stream().sorted(Comparator.comparing(Pods::name)).toList();
        events = List.copyOf(events);
    }

    /**
     * Returns the pods that are not on their way out. One of a Deployment that was evicted stays for good beside the one that
     * took its place, so it is not among them.
     */
    public List<Pod> livePods() {
        return pods.stream()
                .filter(pod -> !Pods.terminating(pod) && !isReplaced(pod))
                .toList();
    }

    private boolean isReplaced(Pod pod) {
        return Pods.ended(pod)
                && workload.filter(one -> one.ref().kind() == WorkloadRef.Kind.DEPLOYMENT)
                        .isPresent();
    }

    /** Returns the live pod of that name. */
    public Optional<Pod> livePod(String name) {
        return livePods().stream().filter(pod -> Pods.name(pod).equals(name)).findFirst();
    }

    /** Tells whether there is a pod with that uid, terminating or not. */
    public boolean hasPod(String uid) {
        return pods.stream().anyMatch(pod -> Pods.uid(pod).equals(uid));
    }

    /**
     * Tells whether something that an event is about is the workload, one of its pods, or a claim of theirs. Names alone do
     * not tell: {@code orders-eu} is another workload than {@code orders}.
     *
     * @param own the workload's pods
     */
    static boolean concerns(ObjectReference about, WorkloadRef ref, List<Pod> own) {
        String name = Objects.requireNonNullElse(about.getName(), "");
        if (name.equals(ref.name())) {
            return true;
        }
        boolean set = ref.kind() == WorkloadRef.Kind.STATEFUL_SET;
        String rest = rest(name, ref);
        return switch (Objects.requireNonNullElse(about.getKind(), "")) {
            case "StatefulSet", "Deployment" -> false;
            case "ReplicaSet" -> !set && HASH.matcher(rest).matches();
            case "Pod" ->
                (set ? ORDINAL : POD_OF_REPLICA_SET).matcher(rest).matches()
                        || own.stream().anyMatch(pod -> Pods.name(pod).equals(name));
            case "PersistentVolumeClaim" ->
                own.stream().anyMatch(pod -> Pods.claims(pod).contains(name));
            default -> !rest.isEmpty();
        };
    }

    /** Returns what follows the name of the workload and a dash; nothing if the name does not begin like that. */
    private static String rest(String name, WorkloadRef ref) {
        return name.startsWith(ref.name() + "-") ? name.substring(ref.name().length() + 1) : "";
    }

    /** Tells whether a pod that a selector found belongs to the workload: a selector may also match pods of others. */
    static boolean belongs(Pod pod, WorkloadRef ref) {
        Optional<OwnerReference> controller = pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
        return switch (ref.kind()) {
            case STATEFUL_SET ->
                controller
                        .map(owner -> owner.getKind().equals("StatefulSet")
                                && owner.getName().equals(ref.name()))
                        // Between two sets of a name nobody owns the pods; the next one adopts those with such a name.
                        .orElseGet(
                                () -> ORDINAL.matcher(rest(Pods.name(pod), ref)).matches());
            case DEPLOYMENT ->
                controller
                        .map(owner -> owner.getKind().equals("ReplicaSet")
                                && HASH.matcher(rest(owner.getName(), ref)).matches())
                        .orElse(false);
        };
    }
}
