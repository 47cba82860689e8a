package io.statefulkit.embedded.control.stateful;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What one pass over a stateful set does: a pure function of what is there. */
final class StatefulSetPlan {

    static final String REVISION_LABEL = "controller-revision-hash";

    private final Input input;
    private final SetSpec spec;
    private final SetPods make;
    private final ClaimRetention retention;
    private final SetStatus status;
    private final List<Action> actions = new ArrayList<>();
    private final TreeMap<Integer, Resource> replicas = new TreeMap<>();
    private final TreeMap<Integer, Resource> condemned = new TreeMap<>(Comparator.reverseOrder());

    /**
     * What is there.
     *
     * @param set the stateful set
     * @param pods its pods
     * @param claims the claims of the namespace by name
     * @param current the revision that is being left
     * @param update the revision of the set's template
     * @param now the time
     */
    record Input(
            Resource set,
            List<Resource> pods,
            Map<String, Resource> claims,
            Revision current,
            Revision update,
            Instant now) {}

    /**
     * What is to be done.
     *
     * @param actions the steps in order; the first that fails ends the pass
     * @param status the status to write
     * @param again when to look again although nothing changed
     */
    record Result(List<Action> actions, ObjectNode status, Optional<Duration> again) {}

    private StatefulSetPlan(Input input) {
        this.input = input;
        this.spec = new SetSpec(input.set());
        this.make = new SetPods(spec);
        this.retention = new ClaimRetention(spec);
        this.status = new SetStatus(input);
        for (Resource pod : input.pods()) {
            spec.ordinal(pod.name()).ifPresent(ordinal -> (inRange(ordinal) ? replicas : condemned).put(ordinal, pod));
        }
    }

    static Result next(Input input) {
        StatefulSetPlan plan = new StatefulSetPlan(input);
        if (!input.set().deleting()) {
            plan.pass();
        }
        return new Result(List.copyOf(plan.actions), plan.status.json(), plan.again());
    }

    private void pass() {
        if (replicas() && condemned() && !spec.onDelete()) {
            rollOut();
        }
    }

    /** Brings up what should be there, in order; returns whether the pass goes on, which in parallel it always does. */
    private boolean replicas() {
        for (int ordinal = spec.start(); ordinal < spec.start() + spec.replicas(); ordinal++) {
            Resource pod = replicas.get(ordinal);
            boolean settled = pod == null ? create(ordinal) : keep(pod, ordinal);
            if (!settled && !spec.parallel()) {
                return false;
            }
        }
        return true;
    }

    private boolean create(int ordinal) {
        String name = spec.podName(ordinal);
        for (JsonNode template : spec.claimTemplates()) {
            Resource claim = input.claims().get(spec.claimName(template, ordinal));
            if (claim != null && ClaimRetention.stale(claim, name)) {
                return false;
            }
            if (claim != null && claim.deleting()) {
                actions.add(new Action.Blocked(name, "pvc " + claim.name() + " is being deleted"));
                return false;
            }
        }
        createMissingClaims(ordinal);
        actions.add(new Action.CreatePod(make.pod(ordinal, revisionFor(ordinal))));
        return false;
    }

    private void createMissingClaims(int ordinal) {
        for (JsonNode template : spec.claimTemplates()) {
            String name = spec.claimName(template, ordinal);
            if (!input.claims().containsKey(name)) {
                actions.add(new Action.CreateClaim(make.claim(template, ordinal), spec.podName(ordinal)));
            }
        }
    }

    /** Looks after a pod that is there; returns whether it is available. */
    private boolean keep(Resource pod, int ordinal) {
        if (Pods.terminal(pod)) {
            if (!pod.deleting()) {
                actions.add(new Action.DeletePod(pod));
            }
            return false;
        }
        if (Pods.phase(pod).equals("Pending")) {
            createMissingClaims(ordinal);
        }
        boolean settled = !pod.deleting() && available(pod);
        if (settled || spec.parallel()) {
            int before = actions.size();
            if (!identified(pod, ordinal)) {
                actions.add(new Action.Identify(pod, ordinal));
            }
            correctClaims(pod, ordinal, false);
            if (actions.size() > before) {
                actions.add(new Action.Updated(pod.name()));
            }
        }
        return settled;
    }

    /** Takes down what should not be there, from the highest; returns whether the pass goes on. */
    private boolean condemned() {
        condemned.forEach((ordinal, pod) -> correctClaims(pod, ordinal, true));
        Optional<Resource> firstUnhealthy = firstUnhealthy();
        for (Resource pod : condemned.values()) {
            if (spec.parallel()) {
                if (!pod.deleting()) {
                    actions.add(new Action.DeletePod(pod));
                }
                continue;
            }
            boolean waits = !available(pod)
                    && firstUnhealthy.filter(first -> first != pod).isPresent();
            if (!pod.deleting() && !waits) {
                actions.add(new Action.DeletePod(pod));
            }
            return false;
        }
        return true;
    }

    private Optional<Resource> firstUnhealthy() {
        return Stream.concat(replicas.values().stream(), condemned.descendingMap().values().stream())
                .filter(pod -> pod.deleting() || !available(pod))
                .findFirst();
    }

    /** Replaces at most one pod of another revision, from the highest down to the partition. */
    private void rollOut() {
        int lowest = spec.start() + spec.partition().orElse(0);
        for (int ordinal = spec.start() + spec.replicas() - 1; ordinal >= lowest; ordinal--) {
            Resource pod = replicas.get(ordinal);
            if (pod == null || Pods.terminal(pod)) {
                // Made anew in any case.
                return;
            }
            if (!pod.label(REVISION_LABEL).equals(input.update().name()) && !pod.deleting()) {
                actions.add(new Action.DeletePod(pod));
                status.lostOneOnCurrent();
                return;
            }
            if (pod.deleting() || !available(pod)) {
                return;
            }
        }
    }

    private Revision revisionFor(int ordinal) {
        if (spec.onDelete()) {
            return input.update();
        }
        int onCurrent = spec.partition()
                .orElse(input.set().status().path("currentReplicas").asInt(0));
        return ordinal < spec.start() + onCurrent ? input.current() : input.update();
    }

    private void correctClaims(Resource pod, int ordinal, boolean isCondemned) {
        for (JsonNode template : spec.claimTemplates()) {
            Resource claim = input.claims().get(spec.claimName(template, ordinal));
            if (claim != null) {
                retention
                        .correction(claim, pod, isCondemned)
                        .ifPresent(owners -> actions.add(new Action.OwnClaim(claim, owners)));
            }
        }
    }

    private boolean available(Resource pod) {
        return Pods.runningAndReady(pod) && Pods.available(pod, spec.minReadySeconds(), input.now());
    }

    private boolean identified(Resource pod, int ordinal) {
        return pod.label(SetPods.NAME_LABEL).equals(pod.name())
                && pod.label(SetPods.INDEX_LABEL).equals(Integer.toString(ordinal));
    }

    private boolean inRange(int ordinal) {
        return ordinal >= spec.start() && ordinal < spec.start() + spec.replicas();
    }

    private Optional<Duration> again() {
        return input.pods().stream()
                .flatMap(pod -> Pods.availableIn(pod, spec.minReadySeconds(), input.now()).stream())
                .min(Comparator.naturalOrder());
    }
}
