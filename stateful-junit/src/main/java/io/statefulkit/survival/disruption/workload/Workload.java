package io.statefulkit.survival.disruption.workload;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.survival.disruption.observation.PodOwner;
import io.statefulkit.survival.disruption.observation.PodTrail;
import io.statefulkit.survival.disruption.observation.Pulse;
import io.statefulkit.survival.disruption.observation.ServerContainer;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.observation.SnapshotReader;
import io.statefulkit.survival.disruption.power.Powers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** One StatefulSet or Deployment, and what can be done to it. Thread-safe. */
public final class Workload {

    private static final Duration POLL = Duration.ofMillis(20);

    /** Each look takes several requests, which a server that is starting on the same machine has to wait for. */
    public static final Duration PATIENT_POLL = Duration.ofMillis(150);

    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    private final KubernetesClient client;
    private final WorkloadRef ref;
    private final String namespace;
    private final String name;
    private final ServerContainer server;
    private final Powers powers;
    private final Duration patience;
    private final Supplier<Pulse> pulse;
    private final Consumer<Phase> phases;

    /**
     * A workload.
     *
     * @param client talks to its cluster; stays open
     * @param ref which it is
     * @param server which container of its pods is the server
     * @param powers what can be done to this cluster besides
     * @param patience how long it may take until it is as it shall be again
     * @param pulse what its clients have felt since the last disruption began
     * @param phases is told what becomes of its data
     */
    public Workload(
            KubernetesClient client,
            WorkloadRef ref,
            ServerContainer server,
            Powers powers,
            Duration patience,
            Supplier<Pulse> pulse,
            Consumer<Phase> phases) {
        this.client = client;
        this.ref = ref;
        this.namespace = ref.namespace();
        this.name = ref.name();
        this.server = server;
        this.powers = powers;
        this.patience = patience;
        this.pulse = pulse;
        this.phases = phases;
    }

    /** The same, which may take so long until it is as it shall be again. */
    public Workload withPatience(Duration other) {
        return new Workload(client, ref, server, powers, other, pulse, phases);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its namespace. */
    public String namespace() {
        return namespace;
    }

    /** Which it is. */
    public WorkloadRef ref() {
        return ref;
    }

    /** How it replaces its pods when their template changes, in the word of its specification. */
    public String updateStrategy() {
        return owner().strategy();
    }

    /** The ordinal below which the pods of a StatefulSet are not replaced when its template changes; 0 when all are. */
    public int partition() {
        return owner().partition();
    }

    /** Whether it is a Deployment that replaces no pods until it is resumed. */
    public boolean isPaused() {
        return owner().isPaused();
    }

    /** How long it may take until it is as it shall be again. */
    public Duration patience() {
        return patience;
    }

    /** What its clients have felt since the last disruption began. */
    public Pulse pulse() {
        return pulse.get();
    }

    /**
     * What it looks like now.
     *
     * @throws IllegalStateException when there is no such object
     */
    public Snapshot snapshot() {
        return new SnapshotReader(client, namespace, server).read(owner());
    }

    /** Begins to record every change of its pods. */
    public PodTrail trail() {
        return new PodTrail(
                new PodsOfCluster(client.pods().inNamespace(namespace).withLabelSelector(owner().selector())), server);
    }

    /** Deletes a pod if it is still the one with this uid, as {@code kubectl delete pod} does, or at once. */
    public void deletePod(String pod, String uid, boolean atOnce) {
        new PodRemoval(client, namespace).delete(pod, uid, atOnce);
    }

    /**
     * Evicts a pod if it is still the one with this uid. A budget that allows no disruption now is asked again until the patience ends.
     *
     * @throws org.awaitility.core.ConditionTimeoutException when no eviction was allowed in that time
     */
    public void evictPod(String pod, String uid) {
        new PodRemoval(client, namespace).evict(pod, uid, patience);
    }

    /** Why none of its pods can be evicted, however long one waits; nothing when they can, or when it is not as it shall be now. */
    public Optional<String> evictionObstacle() {
        PodOwner owner = owner();
        return snapshot().isSettled()
                ? new Budgets(client, namespace, owner.template().getMetadata().getLabels()).obstacle()
                : Optional.empty();
    }

    /** Deletes the object with this uid and its pods, and creates it again when they are gone. */
    public void recreate(String uid) {
        Recreation.of(owner()).run(uid, DeletionPropagation.FOREGROUND, patience);
    }

    /** Deletes the object with this uid, its pods, and these claims, and creates it again when all of them are gone. */
    public void recreateWithout(String uid, List<String> claims) {
        Recreation.of(owner()).run(uid, DeletionPropagation.FOREGROUND, patience, () -> {
            phases.accept(Phase.DESTROYED);
            claims.forEach(new ClaimRemoval(client, namespace, patience)::delete);
        });
    }

    /** Records what becomes of the data: without it, nobody knows which rows a backup must have. */
    public void tell(Phase phase) {
        phases.accept(phase);
    }

    /** Deletes the object with this uid, not its pods, and creates it again. */
    public void orphanAndAdopt(String uid) {
        Recreation.of(owner()).run(uid, DeletionPropagation.ORPHAN, patience);
    }

    /** Kills the main process of a pod's server with SIGKILL. */
    public void killProcess(String pod) {
        powers.kill(namespace, pod, container(pod));
    }

    /** Stops the processes of a pod's server where they are. */
    public void freeze(String pod) {
        powers.freeze(namespace, pod, container(pod));
    }

    /** Lets the processes of a pod's server go on. */
    public void thaw(String pod) {
        powers.thaw(namespace, pod, container(pod));
    }

    private String container(String pod) {
        return server.in(client.pods().inNamespace(namespace).withName(pod).require())
                .getName();
    }

    /** Takes the power of a node away. */
    public void stopNode(String node) {
        powers.stopNode(node);
    }

    /** Gives a node its power back. */
    public void startNode(String node) {
        powers.startNode(node);
    }

    /**
     * Waits until a node is ready, or is not.
     *
     * @throws org.awaitility.core.ConditionTimeoutException when that takes too long
     */
    public void awaitNode(String node, boolean ready) {
        new Nodes(client).await(node, ready, patience);
    }

    /** Closes a node to new pods until the result is closed. */
    public Cordon cordon(String node) {
        return Cordon.of(client, node, patience.multipliedBy(2));
    }

    /** Makes the volume of a claim refuse what is written to it; the result undoes that. */
    public Runnable fillVolume(String claim) {
        return powers.fillVolume(namespace, claim);
    }

    /** Gives the server in its pods another image. */
    public void changeImage(String image) {
        PodOwner owner = owner();
        String container = owner.container(server);
        owner.patch(
                PatchType.STRATEGIC_MERGE,
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"" + container + "\",\"image\":\""
                        + image + "\"}]}}}}");
    }

    /** Begins to replace all its pods, as {@code kubectl rollout restart} does. */
    public void restartRollout() {
        patch("{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"" + RESTARTED_AT + "\":\"" + Instant.now()
                + "\"}}}}}");
    }

    /** Asks for another number of pods, as {@code kubectl scale} does. */
    public void scale(int replicas) {
        patch("{\"spec\":{\"replicas\":" + replicas + "}}");
    }

    private void patch(String mergePatch) {
        owner().patch(PatchType.JSON_MERGE, mergePatch);
    }

    /**
     * Waits until all its pods are there, new, ready, and no other is left.
     *
     * @throws org.awaitility.core.ConditionTimeoutException when that takes too long
     */
    public void awaitSettled() {
        await(ref + " is as it shall be", Snapshot::isSettled, PATIENT_POLL);
    }

    /**
     * Waits until it looks in a certain way.
     *
     * @throws org.awaitility.core.ConditionTimeoutException when that takes too long
     */
    public void await(String what, Predicate<Snapshot> condition) {
        await(what, condition, POLL);
    }

    private void await(String what, Predicate<Snapshot> condition, Duration interval) {
        Polling.within(Awaitility.await(what), patience, interval).until(() -> condition.test(snapshot()));
    }

    /** Lets some time pass. */
    public void pause(Duration time) {
        Awaitility.await("some time")
                .dontCatchUncaughtExceptions()
                .pollDelay(time)
                .atMost(time.plus(patience))
                .until(() -> true);
    }

    private PodOwner owner() {
        return PodOwner.read(client, ref);
    }
}
