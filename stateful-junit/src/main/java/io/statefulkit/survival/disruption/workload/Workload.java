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
        return ref.name();
    }

    /** Its namespace. */
    public String namespace() {
        return ref.namespace();
    }

    /** Which it is. */
    public WorkloadRef ref() {
        return ref;
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
        return new SnapshotReader(client, ref.namespace(), server).read(owner());
    }

    /** Begins to record every change of its pods. */
    public PodTrail trail() {
        return new PodTrail(
                new PodsOfCluster(client.pods().inNamespace(ref.namespace()).withLabelSelector(owner().selector())),
                server);
    }

    /** Deletes a pod if it is still the one with this uid, as {@code kubectl delete pod} does, or at once. */
    public void deletePod(String pod, String uid, boolean atOnce) {
        new PodRemoval(client, ref.namespace()).delete(pod, uid, atOnce);
    }

    /**
     * Evicts a pod if it is still the one with this uid. A budget that allows no disruption now is asked again until the patience ends.
     *
     * @throws org.awaitility.core.ConditionTimeoutException when no eviction was allowed in that time
     */
    public void evictPod(String pod, String uid) {
        evictPod(pod, uid, () -> {});
    }

    /**
     * Evicts a pod like {@link #evictPod(String, String)}.
     *
     * @param whenRefused is done after each try that a budget has refused
     * @throws org.awaitility.core.ConditionTimeoutException when no eviction was allowed in that time
     */
    public void evictPod(String pod, String uid, Runnable whenRefused) {
        new PodRemoval(client, ref.namespace()).evict(pod, uid, patience, whenRefused);
    }

    /** Why none of its pods can be evicted, however long one waits; nothing when they can, or when it is not as it shall be now. */
    public Optional<String> evictionObstacle() {
        PodOwner owner = owner();
        return snapshot().isSettled()
                ? new Budgets(
                                client,
                                ref.namespace(),
                                owner.template().getMetadata().getLabels())
                        .obstacle()
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
            claims.forEach(new ClaimRemoval(client, ref.namespace(), patience)::delete);
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

    /** What runs in its pods, and what can be done to it. */
    public Processes processes() {
        return new Processes(client, ref.namespace(), server, powers);
    }

    /** The nodes that its pods are on, and what can be done to them. */
    public Nodes nodes() {
        return new Nodes(client, powers, patience);
    }

    /** Makes the volume of a claim refuse what is written to it; the result undoes that. */
    public Runnable fillVolume(String claim) {
        return powers.fillVolume(ref.namespace(), claim);
    }

    /** Gives the server in its pods another image. */
    public void changeImage(String image) {
        PodOwner owner = owner();
        owner.patch(
                PatchType.STRATEGIC_MERGE,
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"" + owner.container(server)
                        + "\",\"image\":\"" + image + "\"}]}}}}");
    }

    /** Begins to replace all its pods, as {@code kubectl rollout restart} does. */
    public void restartRollout() {
        owner().patch(
                        PatchType.JSON_MERGE,
                        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"" + RESTARTED_AT + "\":\""
                                + Instant.now() + "\"}}}}}");
    }

    /** Asks for another number of pods, as {@code kubectl scale} does. */
    public void scale(int replicas) {
        owner().patch(PatchType.JSON_MERGE, "{\"spec\":{\"replicas\":" + replicas + "}}");
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

    /** The object that runs its pods, as it is now. */
    public PodOwner owner() {
        return PodOwner.read(client, ref);
    }
}
