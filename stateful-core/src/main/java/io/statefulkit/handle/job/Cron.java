package io.statefulkit.handle.job;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.statefulkit.deploy.apply.MergePatch;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.PodOperations;
import io.statefulkit.internal.RandomText;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SQL on a schedule, and its runs. */
public final class Cron {

    private final Place place;
    private final String name;

    Cron(Place place, String name) {
        this.place = place;
        this.name = name;
    }

    /** Returns the name of the CronJob. */
    public String name() {
        return name;
    }

    /** Returns the runs that are still visible, the latest last. */
    public List<CronRun> runs() {
        return place.client().batch().v1().jobs().inNamespace(place.namespace()).list().getItems().stream()
                .filter(job -> job.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getKind().equals("CronJob")
                                && owner.getName().equals(name)))
                .map(job -> run(name, job))
                .sorted(Comparator.comparing(CronRun::scheduled))
                .toList();
    }

    /**
     * The end of the name of a run is the minute in which it was due, counted from 1970; one that somebody has made with
     * {@code kubectl create job --from} may have any name.
     */
    static CronRun run(String cron, Job job) {
        String name = job.getMetadata().getName();
        String minute = name.startsWith(cron + "-") ? name.substring(cron.length() + 1) : "";
        Instant due = minute.matches("\\d{8,12}")
                ? Instant.ofEpochSecond(Long.parseLong(minute) * 60)
                : Instant.parse(job.getMetadata().getCreationTimestamp());
        String state = job.getStatus() == null
                ? "Running"
                : job.getStatus().getConditions().stream()
                        .filter(condition -> condition.getStatus().equals("True"))
                        .map(condition -> condition.getType())
                        .filter(type -> type.equals("Complete") || type.equals("Failed"))
                        .findFirst()
                        .orElse("Running");
        return new CronRun(name, due, state);
    }

    /** Returns the log of a run; of its last attempt, when there were several. */
    public List<String> logs(CronRun run) {
        return SqlJobs.log(place, run.job());
    }

    /**
     * Runs it now, beside the schedule and also when it is suspended, as {@code kubectl create job --from} does, and waits
     * for its end. The run is one of {@link #runs()}, but does not count as one that was due.
     *
     * @throws JobFailedException when it fails
     */
    public JobResult runNow() {
        CronJob found = cronJob().get();
        if (found == null) {
            throw gone(null);
        }
        JobTemplateSpec template = found.getSpec().getJobTemplate();
        ObjectMeta meta = template.getMetadata() == null ? new ObjectMeta() : template.getMetadata();
        String job = name + "-now-" + RandomText.password().substring(0, 5).toLowerCase(Locale.ROOT);
        place.client()
                .resource(new JobBuilder()
                        .withNewMetadata()
                        .withName(job)
                        .withNamespace(place.namespace())
                        .withLabels(meta.getLabels())
                        .withAnnotations(meta.getAnnotations())
                        .addToAnnotations("cronjob.kubernetes.io/instantiate", "manual")
                        .addNewOwnerReference()
                        .withApiVersion("batch/v1")
                        .withKind("CronJob")
                        .withName(name)
                        .withUid(found.getMetadata().getUid())
                        .withController(true)
                        .endOwnerReference()
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .build())
                .create();
        return SqlJobs.await(place, job, false);
    }

    /** Stops further runs. */
    public void suspend() {
        patch("{\"spec\":{\"suspend\":true}}");
    }

    /** Lets runs happen again. */
    public void resume() {
        patch("{\"spec\":{\"suspend\":false}}");
    }

    /**
     * Changes when it runs: minute, hour, day of month, month, day of week.
     *
     * @throws KubernetesClientException when the API server does not understand it; the schedule is as it was
     * @throws IllegalStateException when the schedule does not exist any more
     */
    public void reschedule(String fields) {
        patch("{\"spec\":{\"schedule\":" + Serialization.asJson(fields) + "}}");
    }

    /** Returns whether it is suspended. */
    public boolean suspended() {
        CronJob found = cronJob().get();
        if (found == null) {
            throw gone(null);
        }
        return Boolean.TRUE.equals(found.getSpec().getSuspend());
    }

    /** Deletes the schedule and its runs. */
    public void delete() {
        cronJob().withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
        new JobFiles(place, name).remove();
    }

    private void patch(String patch) {
        try {
            cronJob().patch(MergePatch.by(PodOperations.MANAGER), patch);
        } catch (KubernetesClientException e) {
            throw e.getCode() == 404 ? gone(e) : e;
        }
    }

    private IllegalStateException gone(@Nullable Throwable cause) {
        return new IllegalStateException(
                "CronJob " + name + " does not exist (any more): make it with schedule(..)", cause);
    }

    private Resource<CronJob> cronJob() {
        return place.client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(place.namespace())
                .withName(name);
    }
}
