package io.statefulkit.handle.change;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.statefulkit.deploy.apply.MergePatch;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.PodOperations;
import io.statefulkit.internal.Marks;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to upgrade a workload, which one program has at a time: who creates the claim of the new server has it, and renews a
 * mark on it while it lives. What a program has left that died is recognised by a mark that stays the same, so that no two clocks
 * are compared.
 */
final class UpgradeHold implements AutoCloseable {

    /** How long a mark has to stay the same until its program counts as dead. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final String HOLDER = "statefulkit.dev/upgrade-holder";
    static final String RENEWED = "statefulkit.dev/upgrade-renewed";

    private static final Logger LOG = LoggerFactory.getLogger(UpgradeHold.class);
    private static final int CONFLICT = 409;

    private final Place place;
    private final PersistentVolumeClaim claim;
    private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "statefulkit-upgrade");
        thread.setDaemon(true);
        return thread;
    });

    private UpgradeHold(Place place, PersistentVolumeClaim claim) {
        this.place = place;
        this.claim = claim;
    }

    /**
     * Takes the right to upgrade, and removes what a program has left that had it and died.
     *
     * @param name the claim of the new server
     * @param spec what it is like
     * @param pod the pod of the new server
     * @param patience how long a mark has to stay the same until its program counts as dead
     * @throws UpgradeException when another program upgrades the workload
     */
    static UpgradeHold take(Place place, String name, PersistentVolumeClaimSpec spec, String pod, Duration patience) {
        PersistentVolumeClaim wanted = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .withAnnotations(Map.of(
                        HOLDER,
                        ManagementFactory.getRuntimeMXBean().getName(),
                        RENEWED,
                        Instant.now().toString()))
                .endMetadata()
                .withSpec(spec)
                .build();
        while (true) {
            try {
                var claims = place.client().persistentVolumeClaims().inNamespace(place.namespace());
                UpgradeHold hold =
                        new UpgradeHold(place, claims.resource(wanted).create());
                long pause = patience.dividedBy(6).toMillis();
                var unused = hold.renewals.scheduleWithFixedDelay(hold::renew, pause, pause, TimeUnit.MILLISECONDS);
                return hold;
            } catch (KubernetesClientException e) {
                if (e.getCode() != CONFLICT) {
                    throw e;
                }
                clear(place, name, pod, patience, e);
            }
        }
    }

    /** Removes what another program has left, or refuses when it lives. */
    private static void clear(
            Place place, String name, String pod, Duration patience, KubernetesClientException conflict) {
        Resource<PersistentVolumeClaim> there = place.client()
                .persistentVolumeClaims()
                .inNamespace(place.namespace())
                .withName(name);
        PersistentVolumeClaim seen = there.get();
        if (seen == null) {
            return;
        }
        Pod server = place.client()
                .pods()
                .inNamespace(place.namespace())
                .withName(pod)
                .get();
        try {
            PersistentVolumeClaim now = there.waitUntilCondition(
                    later -> later == null || !mark(later).equals(mark(seen)),
                    patience.toMillis(),
                    TimeUnit.MILLISECONDS);
            if (now != null) {
                throw new UpgradeException(
                        "expected to be the only one who upgrades " + place.ref() + ", but program "
                                + annotation(now, HOLDER) + " does it, too: its claim " + name + " was marked at "
                                + annotation(now, RENEWED),
                        "nothing was changed; wait for the other upgrade, and see then whether another one is needed",
                        conflict);
            }
        } catch (KubernetesClientTimeoutException e) {
            LOG.info("an upgrade of {} whose program has died left claim {}: it is removed", place.ref(), name, e);
            remove(place, seen, server);
        }
    }

    private static String mark(PersistentVolumeClaim claim) {
        return claim.getMetadata().getUid() + annotation(claim, RENEWED);
    }

    private static String annotation(PersistentVolumeClaim claim, String key) {
        return Marks.annotations(claim.getMetadata()).getOrDefault(key, "");
    }

    /** Others see that this program lives. The uid refuses the change of a claim that is not ours any more. */
    private void renew() {
        try {
            place.client()
                    .persistentVolumeClaims()
                    .inNamespace(place.namespace())
                    .withName(claim.getMetadata().getName())
                    .patch(
                            MergePatch.by(PodOperations.MANAGER),
                            "{\"metadata\":{\"uid\":\"" + claim.getMetadata().getUid() + "\",\"annotations\":{\""
                                    + RENEWED + "\":\"" + Instant.now() + "\"}}}");
        } catch (RuntimeException e) {
            // The next one may succeed; a claim that is gone has done its work.
            LOG.debug("claim {} could not be marked", claim.getMetadata().getName(), e);
        }
    }

    /**
     * Tells whether another program upgrades the workload by now, since this one gave no sign of life for too long. What there is
     * then belongs to the other one.
     */
    boolean takenOver() {
        PersistentVolumeClaim now = now();
        return now != null && !ours(now);
    }

    /** Removes the claim, and the pod that uses it; does nothing when another program has taken over. */
    void discard(@Nullable Pod server) {
        PersistentVolumeClaim now = now();
        if (now != null && ours(now)) {
            remove(place, claim, server);
        }
    }

    private boolean ours(PersistentVolumeClaim now) {
        return now.getMetadata().getUid().equals(claim.getMetadata().getUid());
    }

    private @Nullable PersistentVolumeClaim now() {
        return place.client()
                .persistentVolumeClaims()
                .inNamespace(place.namespace())
                .withName(claim.getMetadata().getName())
                .get();
    }

    private static void remove(Place place, PersistentVolumeClaim claim, @Nullable Pod server) {
        if (server != null) {
            delete(place, "pods", server);
            await(place, place.client().pods().inNamespace(place.namespace()), server);
        }
        delete(place, "persistentvolumeclaims", claim);
        await(place, place.client().persistentVolumeClaims().inNamespace(place.namespace()), claim);
    }

    private static void delete(Place place, String kind, HasMetadata object) {
        try {
            place.delete(kind, object);
        } catch (KubernetesClientException e) {
            // It is gone, or there is another one of that name: neither is ours to delete.
            if (e.getCode() != CONFLICT && e.getCode() != 404) {
                throw e;
            }
        }
    }

    private static <T extends HasMetadata> void await(
            Place place, NonNamespaceOperation<T, ?, ? extends Resource<T>> kind, T one) {
        kind.withName(one.getMetadata().getName())
                .waitUntilCondition(
                        now -> now == null
                                || !now.getMetadata()
                                        .getUid()
                                        .equals(one.getMetadata().getUid()),
                        place.waiting().patience().timeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Ends the marks; the claim stays. */
    @Override
    public void close() {
        renewals.shutdownNow();
    }
}
