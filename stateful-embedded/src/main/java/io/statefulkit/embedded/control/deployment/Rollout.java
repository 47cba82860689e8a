package io.statefulkit.embedded.control.deployment;

import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One pass over a deployment. */
final class Rollout {

    private final Cluster cluster;
    private final StoredDeployment stored;
    private final RolloutProgress progress;
    private final CurrentReplicaSet current;

    Rollout(Cluster cluster, DeploymentSpec spec, List<Resource> sets) {
        this.cluster = cluster;
        this.stored = new StoredDeployment(cluster, spec, sets);
        this.progress = new RolloutProgress(cluster, stored);
        this.current = new CurrentReplicaSet(stored, progress);
    }

    /** Takes the next step; returns when to look again although nothing changed. */
    Optional<Duration> run() {
        if (stored.spec().deployment().deleting()) {
            stored.write(stored.status().still());
            return Optional.empty();
        }
        progress.pauseConditions();
        if (stored.spec().paused() || stored.plan().scales()) {
            if (stored.sets().current().isPresent()) {
                current.ensure();
            }
            stored.resize(stored.plan().scale());
            if (stored.spec().paused()) {
                forgetOld();
            }
            stored.write(stored.status().still());
            return Optional.empty();
        }
        boolean moved = stored.spec().recreate() ? recreate() : roll();
        DeploymentStatus status = stored.status();
        if (!moved && status.complete()) {
            forgetOld();
        }
        stored.write(status.rollout());
        return status.deadlineIn();
    }

    private void forgetOld() {
        stored.template().beyondHistory(stored.sets()).forEach(stored::delete);
    }

    private boolean roll() {
        current.ensure();
        int size = stored.plan().currentSize();
        Optional<Resource> set = stored.sets().current();
        boolean grows = set.filter(now -> Replicas.wanted(now) != size).isPresent();
        return grows ? stored.resize(Map.of(set.orElseThrow().name(), size)) : shrink();
    }

    /** What is broken goes first, and is told of by itself. */
    private boolean shrink() {
        if (stored.plan().roomBelow() <= 0) {
            return false;
        }
        boolean changed = stored.resize(stored.plan().dropBroken());
        return stored.resize(stored.plan().dropOld()) || changed;
    }

    private boolean recreate() {
        if (stored.sets().current().isPresent()) {
            current.ensure();
        }
        if (stored.resize(stored.plan().stopOld())) {
            return true;
        }
        if (oldPodsLeft()) {
            return false;
        }
        current.ensure();
        String name = stored.sets().current().orElseThrow().name();
        return stored.resize(Map.of(name, stored.spec().replicas()));
    }

    /** Returns whether a pod has no process any more, though its object may still be there. */
    static boolean gone(Resource pod) {
        return Pods.terminal(pod);
    }

    private boolean oldPodsLeft() {
        Set<String> old = stored.sets().old().stream().map(Resource::uid).collect(Collectors.toSet());
        return cluster.list(ResourceCatalog.PODS, stored.spec().deployment().namespace()).stream()
                .filter(pod -> !gone(pod))
                .anyMatch(pod -> pod.controller()
                        .filter(owner -> old.contains(owner.uid()))
                        .isPresent());
    }
}
