package io.statefulkit.handle.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.statefulkit.deploy.apply.MergePatch;
import io.statefulkit.deploy.watch.Forbidden;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.PodOperations;
import io.statefulkit.internal.Marks;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The ConfigMap with what a job runs, which has the name of the job. It belongs to the job, so that it goes with it, whoever
 * deletes that: we, somebody else, or the cluster when its time is over.
 */
record JobFiles(Place place, String name) {

    /**
     * Removes what a job of this name has left that is gone. The cluster is about to do so, and might do it when the next one has
     * taken the file for its own.
     */
    void removeOld() {
        ConfigMap old = map().get();
        if (old == null || !ours(old) || old.getMetadata().getOwnerReferences().isEmpty() || !deleted(old)) {
            return;
        }
        String uid = old.getMetadata().getUid();
        map().waitUntilCondition(
                        now -> now == null || !Objects.equals(now.getMetadata().getUid(), uid),
                        place.waiting().patience().timeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Makes the file part of its job, if both are there and it is not yet. */
    void goWithTheirJob() {
        Job job = place.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(place.namespace())
                .withName(name)
                .get();
        ConfigMap file = map().get();
        if (job == null
                || file == null
                || !ours(file)
                || !file.getMetadata().getOwnerReferences().isEmpty()) {
            return;
        }
        map().patch(
                        MergePatch.by(PodOperations.MANAGER),
                        "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"name\":\""
                                + name + "\",\"uid\":\"" + job.getMetadata().getUid() + "\"}]}}");
    }

    /** Removes the file of a job that was deleted. */
    void remove() {
        ConfigMap map = map().get();
        if (map != null && ours(map)) {
            deleted(map);
        }
    }

    /** Who lacks the permission leaves it to the cluster, or to those who undeploy the workload. */
    private boolean deleted(ConfigMap map) {
        try {
            place.delete("configmaps", map);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404 || e.getCode() == 409) {
                return true; // somebody else was faster
            }
            Forbidden.orThrow(e);
            return false;
        }
    }

    /** The file of a job of this workload: the workload itself has ConfigMaps of similar names. */
    private boolean ours(ConfigMap map) {
        Map<String, String> labels = Marks.labels(map.getMetadata());
        return labels.entrySet().containsAll(place.labels().entrySet())
                && labels.getOrDefault("app.kubernetes.io/name", "").endsWith("-job");
    }

    private Resource<ConfigMap> map() {
        return place.client().configMaps().inNamespace(place.namespace()).withName(name);
    }
}
