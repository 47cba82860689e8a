package io.statefulkit.handle.job;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.deploy.apply.Deployer;
import io.statefulkit.handle.place.Place;
import io.statefulkit.internal.NotApi;
import io.statefulkit.manifest.JobPlan;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.job.BackupCron;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.spec.job.StatefulJob;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs SQL as jobs of the cluster, which go on when this program ends: once, waited for by a watch, or on a schedule. */
@NotApi
public record SqlJobs(Place place) {

    /** Makes a schedule, or changes the one of that name. */
    public Cron schedule(StatefulSpec server, SqlCron cron) {
        List<HasMetadata> objects = JobPlan.of(server, cron).resources();
        new Deployer(place.client(), place.namespace(), DeployOptions.defaults()).applyOverOperations(objects);
        return new Cron(place, objects.get(objects.size() - 1).getMetadata().getName());
    }

    /** Runs it once. */
    public JobResult run(StatefulSpec server, StatefulJob job) {
        if (job instanceof SqlCron || job instanceof BackupCron) {
            throw new IllegalArgumentException("job '" + job.name()
                    + "' is a schedule, which does not end: give it to schedule(..) or to the spec, or use a SqlJob,"
                    + " CsvImport or BackupJob");
        }
        List<HasMetadata> objects = JobPlan.of(server, job).resources();
        String name = objects.get(objects.size() - 1).getMetadata().getName();
        boolean before = job(place, name).get() != null;
        JobFiles files = new JobFiles(place, name);
        if (!before) {
            files.removeOld();
            new Deployer(place.client(), place.namespace(), DeployOptions.defaults()).apply(objects);
        }
        files.goWithTheirJob();
        return await(place, name, before);
    }

    /** Waits for the end of a job that is there. */
    static JobResult await(Place place, String name, boolean before) {
        try {
            Job ended = job(place, name)
                    .waitUntilCondition(
                            now -> now == null || has(now, "Complete") || has(now, "Failed"),
                            place.waiting().patience().timeout().toMillis(),
                            TimeUnit.MILLISECONDS);
            if (ended == null || !has(ended, "Complete")) {
                throw new JobFailedException(name, ended == null ? "was deleted" : "has failed", log(place, name));
            }
            return new JobResult(name, log(place, name), before);
        } catch (KubernetesClientTimeoutException e) {
            throw new JobFailedException(name, "did not end in time and still runs", log(place, name));
        }
    }

    /** Deletes a job; it goes when its pods are gone, so that one of its name that is made then cannot find them. */
    public void delete(String name) {
        var job = job(place, name);
        job.withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
        try {
            job.waitUntilCondition(
                    Objects::isNull, place.waiting().patience().timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (KubernetesClientTimeoutException e) {
            throw new JobFailedException(name, "is being deleted, but its pods do not go", log(place, name));
        }
    }

    private static ScalableResource<Job> job(Place place, String name) {
        return place.client().batch().v1().jobs().inNamespace(place.namespace()).withName(name);
    }

    private static boolean has(Job job, String condition) {
        return job.getStatus() != null
                && job.getStatus().getConditions().stream()
                        .anyMatch(one -> one.getType().equals(condition)
                                && one.getStatus().equals("True"));
    }

    /** Returns the log of the last attempt of a job; nothing as long as its container has not started. */
    static List<String> log(Place place, String job) {
        return place
                .client()
                .pods()
                .inNamespace(place.namespace())
                .withLabel("job-name", job)
                .list()
                .getItems()
                .stream()
                .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .map(pod -> log(place, pod))
                .orElse(List.of());
    }

    private static List<String> log(Place place, Pod pod) {
        try {
            String text = place.client()
                    .pods()
                    .inNamespace(place.namespace())
                    .withName(pod.getMetadata().getName())
                    .inContainer(pod.getSpec().getContainers().get(0).getName())
                    .getLog();
            return text == null ? List.of() : text.lines().toList();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 400 || e.getCode() == 404) {
                return List.of();
            }
            throw e;
        }
    }
}
