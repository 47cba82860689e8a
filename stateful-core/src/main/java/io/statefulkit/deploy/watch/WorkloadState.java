package io.statefulkit.deploy.watch;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.deploy.WorkloadRef;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A workload, its pods and the events about them, as they were seen at one moment.
 *
 * @param workload the workload; empty when there is none
 * @param pods its pods, terminating ones included, by name
 * @param events events of its namespace since the watch began
 */
public record WorkloadState(Optional<Workload> workload, List<Pod> pods, List<Event> events) {

    /** Copies the lists and sorts the pods. */
    public WorkloadState {
        pods = pods.stream().sorted(Comparator.comparing(Pods::name)).toList();
        events = List.copyOf(events);
    }

    /** Returns the pods that are not on their way out. */
    public List<Pod> livePods() {
        return pods.stream().filter(pod -> !Pods.terminating(pod)).toList();
    }

    /** Returns the pod of that name which is not on its way out. */
    public Optional<Pod> livePod(String name) {
        return livePods().stream().filter(pod -> Pods.name(pod).equals(name)).findFirst();
    }

    /** Tells whether there is a pod with that uid, terminating or not. */
    public boolean hasPod(String uid) {
        return pods.stream().anyMatch(pod -> Pods.uid(pod).equals(uid));
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
                        .orElse(true);
            case DEPLOYMENT ->
                controller
                        .map(owner -> owner.getKind().equals("ReplicaSet")
                                && owner.getName().startsWith(ref.name() + "-"))
                        .orElse(false);
        };
    }
}
