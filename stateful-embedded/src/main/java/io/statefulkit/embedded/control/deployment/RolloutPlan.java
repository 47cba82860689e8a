package io.statefulkit.embedded.control.deployment;

import io.statefulkit.embedded.control.loop.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which replica sets get which size next: pure functions of what is there. What they return are new sizes by the name of the
 * replica set; nothing means that there is nothing to do.
 *
 * @param spec the deployment
 * @param sets its replica sets
 */
record RolloutPlan(DeploymentSpec spec, Replicas sets) {

    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAX = "deployment.kubernetes.io/max-replicas";

    /** The size of the current replica set in its next step. */
    int currentSize() {
        int now = sets.current().map(Replicas::wanted).orElse(0);
        if (spec.recreate()) {
            return spec.replicas();
        }
        if (now > spec.replicas()) {
            return spec.replicas();
        }
        int room = spec.replicas() + spec.maxSurge() - sets.totalWanted();
        return room <= 0 ? now : now + Math.min(room, spec.replicas() - now);
    }

    /** Takes old replicas away that are not available anyway. */
    Map<String, Integer> dropBroken() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        int room = roomBelow();
        for (Resource set : room <= 0 ? List.<Resource>of() : sets.activeOld()) {
            int broken = Math.min(room, Replicas.wanted(set) - Replicas.available(set));
            if (broken > 0) {
                sizes.put(set.name(), Replicas.wanted(set) - broken);
                room -= broken;
            }
        }
        return sizes;
    }

    /** Takes old replicas away as far as enough others are available. */
    Map<String, Integer> dropOld() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        int spare = sets.count("availableReplicas") - minAvailable();
        for (Resource set : spare <= 0 ? List.<Resource>of() : sets.activeOld()) {
            int fewer = Math.min(spare, Replicas.wanted(set));
            if (fewer > 0) {
                sizes.put(set.name(), Replicas.wanted(set) - fewer);
                spare -= fewer;
            }
        }
        return sizes;
    }

    /** How many replicas there are beyond those that must be, those of the new ones that are not available aside. */
    int roomBelow() {
        int missing = sets.current()
                .map(current -> Replicas.wanted(current) - Replicas.available(current))
                .orElse(0);
        return sets.current().isEmpty() ? 0 : sets.totalWanted() - minAvailable() - missing;
    }

    private int minAvailable() {
        return spec.replicas() - spec.maxUnavailable();
    }

    /** Takes all old replicas away. */
    Map<String, Integer> stopOld() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sets.activeOld().forEach(set -> sizes.put(set.name(), 0));
        return sizes;
    }

    /** Whether the deployment's size changed since the replica sets were last looked at. */
    boolean scales() {
        return sets.active().stream()
                .filter(set -> !set.annotation(DESIRED).isEmpty())
                .anyMatch(set -> !set.annotation(DESIRED).equals(Integer.toString(spec.replicas())));
    }

    /** Spreads another size of the deployment over the replica sets there are. */
    Map<String, Integer> scale() {
        Optional<Resource> only = activeOrLatest();
        if (only.isPresent()) {
            return Replicas.wanted(only.get()) == spec.replicas()
                    ? Map.of()
                    : Map.of(only.get().name(), spec.replicas());
        }
        if (sets.current().filter(this::saturated).isPresent()) {
            return stopOld();
        }
        return spec.recreate() ? Map.of() : proportional();
    }

    private Optional<Resource> activeOrLatest() {
        List<Resource> active = sets.active();
        if (active.size() > 1) {
            return Optional.empty();
        }
        if (active.size() == 1) {
            return Optional.of(active.get(0));
        }
        return sets.current().or(() -> sets.old().stream().reduce((older, newer) -> newer));
    }

    private boolean saturated(Resource set) {
        return Replicas.wanted(set) == spec.replicas()
                && set.annotation(DESIRED).equals(Integer.toString(spec.replicas()))
                && Replicas.available(set) == spec.replicas();
    }

    private Map<String, Integer> proportional() {
        List<Resource> active = new ArrayList<>(sets.active());
        int allowed = spec.replicas() == 0 ? 0 : spec.replicas() + spec.maxSurge();
        int toAdd = allowed - active.stream().mapToInt(Replicas::wanted).sum();
        Comparator<Resource> largestFirst =
                Comparator.comparingInt(Replicas::wanted).reversed();
        active.sort(largestFirst.thenComparing(toAdd > 0 ? Replicas.OLDEST_FIRST.reversed() : Replicas.OLDEST_FIRST));
        Map<String, Integer> sizes = new LinkedHashMap<>();
        int added = 0;
        for (Resource set : active) {
            int share = toAdd == 0 ? 0 : share(set, toAdd, added);
            sizes.put(set.name(), Replicas.wanted(set) + share);
            added += share;
        }
        if (!active.isEmpty() && toAdd != added) {
            String largest = active.get(0).name();
            int rest = toAdd - added;
            sizes.computeIfPresent(largest, (name, size) -> Math.max(0, size + rest));
        }
        return sizes;
    }

    private int share(Resource set, int toAdd, int added) {
        int fraction = fraction(set);
        int left = toAdd - added;
        return toAdd > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
    }

    private int fraction(Resource set) {
        if (spec.replicas() == 0) {
            return -Replicas.wanted(set);
        }
        int annotated = annotatedMax(set);
        int before =
                annotated == 0 ? spec.deployment().status().path("replicas").asInt(0) : annotated;
        if (before == 0) {
            return 0;
        }
        double size = (double) Replicas.wanted(set) * (spec.replicas() + spec.maxSurge()) / before;
        return (int) Math.round(size) - Replicas.wanted(set);
    }

    /** What this controller wrote; 0 when somebody wrote something else. */
    private static int annotatedMax(Resource set) {
        try {
            String max = set.annotation(MAX);
            return max.isEmpty() ? 0 : Integer.parseInt(max);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
