package io.statefulkit.handle.pod;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.statefulkit.deploy.apply.MergePatch;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.internal.Marks;
import io.statefulkit.internal.NotApi;
import java.util.List;
import java.util.Optional;

/** Stops a workload and its schedules for a while; what to go back to is remembered on the objects themselves. */
@NotApi
public record Hibernation(Place place) {

    static final String REPLICAS = "statefulkit.dev/hibernated-replicas";
    /** Says that the workload hibernates because its files are being changed, and where they are. */
    static final String RESTORING = "statefulkit.dev/restoring";

    private static final String SUSPENDED = "statefulkit.dev/hibernated";

    public Rollout hibernate() {
        return hibernate("");
    }

    /** Stops the workload to change the files in this directory: it must not be started before {@link #finished()}. */
    public Rollout hibernateToRestore(String directory) {
        return hibernate(",\"" + RESTORING + "\":\"" + directory + "\"");
    }

    private Rollout hibernate(String alsoNoted) {
        HasMetadata object = new LiveWorkload(place).object();
        int replicas = toRemember(object);
        for (CronJob job : schedules()) {
            if (!Boolean.TRUE.equals(job.getSpec().getSuspend())) {
                patch(job, "\"true\"", true);
            }
        }
        return new Rollouts(place)
                .scale(
                        0,
                        "\"metadata\":{\"annotations\":{\"" + REPLICAS + "\":\"" + replicas + "\"" + alsoNoted + "}},");
    }

    /**
     * Returns how many pods to go back to. What an earlier hibernation has noted counts only while it lasts: a deployment or
     * {@code scale(n)} ends one, too, and leaves the note behind.
     */
    static int toRemember(HasMetadata object) {
        int now = LiveWorkload.replicas(object);
        return now == 0 ? remembered(object).orElse(0) : now;
    }

    /** Returns the directory of the files that are being changed, empty when none are. */
    public Optional<String> restoring() {
        return Optional.ofNullable(
                Marks.annotations(new LiveWorkload(place).object().getMetadata())
                        .get(RESTORING));
    }

    /** Refuses to start a workload whose files may have been changed in part only. */
    public void refuseWhileRestoring() {
        restoring().ifPresent(directory -> {
            throw new IllegalStateException(
                    "a restore has stopped " + place.ref() + " and may have changed the files in "
                            + directory + " in part only: attach(\"" + place.name()
                            + "\", RedisHandle.class).wake() completes it or takes it back, and starts the server");
        });
    }

    /** Starts the workload again, if it is stopped. */
    public void finished() {
        HasMetadata object = new LiveWorkload(place).object();
        if (remembered(object).isPresent()) {
            wake(object).await();
        } else {
            new PodOperations(place).awaitReady();
        }
    }

    public Rollout wake() {
        refuseWhileRestoring();
        return wake(new LiveWorkload(place).object());
    }

    /** Starts the workload whose files have been put in order. */
    public Rollout wakeRestored() {
        return wake(new LiveWorkload(place).object());
    }

    private Rollout wake(HasMetadata object) {
        List<CronJob> sleeping = schedules().stream()
                .filter(job -> Marks.annotations(job.getMetadata()).containsKey(SUSPENDED))
                .toList();
        int replicas = remembered(object)
                // It was interrupted when it had changed the schedules only.
                .or(() -> sleeping.isEmpty() ? Optional.empty() : Optional.of(LiveWorkload.replicas(object)))
                .orElseThrow(() -> new IllegalStateException(place.ref()
                        + " does not hibernate: wake() undoes hibernate(), and scale(n) changes the number of pods"));
        sleeping.forEach(job -> patch(job, "null", false));
        return new Rollouts(place)
                .scale(
                        replicas,
                        "\"metadata\":{\"annotations\":{\"" + REPLICAS + "\":null,\"" + RESTORING + "\":null}},");
    }

    private static Optional<Integer> remembered(HasMetadata object) {
        return Optional.ofNullable(Marks.annotations(object.getMetadata()).get(REPLICAS))
                .map(Integer::valueOf);
    }

    private List<CronJob> schedules() {
        return place.client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(place.namespace())
                .withLabels(place.labels())
                .list()
                .getItems();
    }

    private void patch(CronJob job, String mark, boolean suspend) {
        place.client()
                .resource(job)
                .patch(
                        MergePatch.by(PodOperations.MANAGER),
                        "{\"metadata\":{\"annotations\":{\"" + SUSPENDED + "\":" + mark + "}},\"spec\":{\"suspend\":"
                                + suspend + "}}");
    }
}
