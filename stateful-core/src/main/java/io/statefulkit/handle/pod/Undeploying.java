package io.statefulkit.handle.pod;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.apply.OwnedClaims;
import io.statefulkit.deploy.ready.Outcome;
import io.statefulkit.deploy.watch.Forbidden;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.deploy.watch.WorkloadWatch;
import io.statefulkit.handle.place.Claims;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.internal.NotApi;
import io.statefulkit.spec.Annotations;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a workload off the cluster. The order matters: first no pod writes any more, then the other objects go, then the
 * data, and last the object that ran the pods: while it is there, an undeployment that was interrupted can be found and
 * called again.
 */
@NotApi
public record Undeploying(Place place) {

    private static final Logger LOG = LoggerFactory.getLogger(Undeploying.class);

    public Undeployed run(Undeploy mode, String confirmation) {
        if (mode == Undeploy.DELETE_DATA && !confirmation.equals(place.name())) {
            throw new IllegalArgumentException("expected the name " + place.name()
                    + " as a confirmation that its data may be deleted, but was \"" + confirmation
                    + "\": call undeploy(DELETE_DATA, \"" + place.name() + "\")");
        }
        ClaimFate claims = ClaimFate.of(place, mode);
        boolean secretsGo = mode == Undeploy.DELETE_DATA && claims.secretsGo();
        var labelled = place.client().secrets().inNamespace(place.namespace()).withLabels(place.labels());
        // A Secret that stays is of use without the label that says so, too; one that is to be deleted must not be
        // forgotten.
        List<Secret> secrets = secretsGo ? labelled.list().getItems() : listed(labelled);
        stopPods();
        deleteRest();
        claims.going().forEach(this::delete);
        secrets.forEach(secretsGo ? this::delete : this::label);
        claims.going().forEach(this::awaitGone);
        if (mode == Undeploy.RETAIN) {
            claims.staying().forEach(this::label);
        } else if (!claims.staying().isEmpty()) {
            LOG.info(
                    "{} is deleted, but these claims were not made for it and stay: {}",
                    place.ref(),
                    claims.told().keptClaims());
        }
        deleteWorkload();
        return claims.told();
    }

    /** Stops the last pod and removes the object that ran it; everything else stays. */
    public void stop() {
        stopPods();
        deleteWorkload();
    }

    private void stopPods() {
        keepClaimsWithoutWorkload();
        new Rollouts(place).scale(0).await();
        disownClaims();
    }

    /** A retention policy of {@code Delete} would take the claims along with the workload. */
    private void keepClaimsWithoutWorkload() {
        if (place.ref().kind() == WorkloadRef.Kind.STATEFUL_SET) {
            place.client()
                    .apps()
                    .statefulSets()
                    .inNamespace(place.namespace())
                    .withName(place.name())
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\":{\"persistentVolumeClaimRetentionPolicy\":"
                                    + "{\"whenDeleted\":\"Retain\",\"whenScaled\":\"Retain\"}}}");
        }
    }

    /**
     * The controller corrects only the claims of pods that it has. Those of pods that were scaled away earlier may still belong to
     * the workload, and would be deleted together with it.
     */
    void disownClaims() {
        String uid = new LiveWorkload(place).object().getMetadata().getUid();
        new OwnedClaims(place.client(), place.namespace(), uid).disown(new Claims(place).list());
    }

    private void deleteWorkload() {
        try (WorkloadWatch watch = place.watch()) {
            place.client()
                    .resource(new LiveWorkload(place).object())
                    .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                    .delete();
            place.waiting().until(watch, "deleted", Undeploying::gone);
        }
    }

    private static Outcome<WorkloadState> gone(WorkloadState state) {
        return state.workload().isEmpty() && state.pods().isEmpty()
                ? new Outcome.Reached<>(state)
                : new Outcome.Missing<>("it, or one of its pods, is still there");
    }

    void deleteRest() {
        var client = place.client();
        String namespace = place.namespace();
        deleteAll(client.batch().v1().cronjobs().inNamespace(namespace).withLabels(place.labels()));
        deleteAll(client.batch().v1().jobs().inNamespace(namespace).withLabels(place.labels()));
        deleteAll(client.services().inNamespace(namespace).withLabels(place.labels()));
        deleteAll(client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace)
                .withLabels(place.labels()));
        deleteAll(client.network().v1().networkPolicies().inNamespace(namespace).withLabels(place.labels()));
        deleteAll(client.configMaps().inNamespace(namespace).withLabels(place.labels()));
    }

    /** One by one: not everybody who may delete objects may delete all of a kind at once, which is a right of its own. */
    private <T extends HasMetadata> void deleteAll(
            FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> objects) {
        listed(objects)
                .forEach(one -> place.client()
                        .resource(one)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete());
    }

    /** Who may not even list a kind has deployed none of it, so this must not keep the workload on the cluster. */
    private <T extends HasMetadata> List<T> listed(
            FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> objects) {
        try {
            return objects.list().getItems();
        } catch (KubernetesClientException e) {
            Forbidden.orThrow(e);
            LOG.warn("objects of {} of one kind may not be listed, and are left if there are any", place.ref(), e);
            return List.of();
        }
    }

    private void label(HasMetadata object) {
        place.client()
                .resource(object)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"labels\":{\"" + Annotations.RETAINED + "\":\"true\"}}}");
    }

    private void delete(HasMetadata object) {
        place.client().resource(object).delete();
    }

    private void awaitGone(PersistentVolumeClaim claim) {
        try {
            place.client()
                    .resource(claim)
                    .waitUntilCondition(
                            found -> found == null,
                            place.waiting().patience().timeout().toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (KubernetesClientTimeoutException e) {
            String name = claim.getMetadata().getName();
            throw new IllegalStateException(
                    "claim " + name + " of " + place.ref() + " is deleted, but stays, as long as a pod uses it\n"
                            + "  do: end the pod that kubectl describe pvc " + name + " names, and call undeploy again",
                    e);
        }
    }
}
