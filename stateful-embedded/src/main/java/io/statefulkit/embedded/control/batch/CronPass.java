package io.statefulkit.embedded.control.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One pass over a cron job. */
final class CronPass {

    private static final ResourceType JOBS = ResourceCatalog.JOBS;

    private final Cluster cluster;
    private final Resource cronJob;
    private final List<Resource> jobs;
    private final CronStatus status;
    private final CronTimes times;
    private final NewJob template;
    private final Instant now;

    CronPass(Cluster cluster, Resource cronJob, List<Resource> jobs) {
        this.cluster = cluster;
        this.cronJob = cronJob;
        this.jobs = jobs;
        this.now = cluster.now();
        this.status = new CronStatus(cronJob.status());
        this.times = new CronTimes(cronJob, cluster.events(), now);
        this.template = new NewJob(cronJob);
    }

    /** The status is written once, at the end: who watches sees no job go and come that ended as the next began. */
    Optional<Duration> run() {
        jobs.forEach(this::takeNote);
        forgetMissing();
        try {
            return cronJob.deleting() ? Optional.empty() : times.schedule().flatMap(this::onTime);
        } finally {
            limitHistory(
                    "Complete",
                    cronJob.spec().path("successfulJobsHistoryLimit").asInt(3));
            limitHistory("Failed", cronJob.spec().path("failedJobsHistoryLimit").asInt(1));
            write();
        }
    }

    private Optional<Duration> onTime(Schedule schedule) {
        times.due(schedule, status.lastScheduled()).ifPresent(time -> start(schedule, time));
        return schedule.next(now, cronJob.created()).map(next -> Duration.between(now, next));
    }

    Resource trigger() {
        return cluster.create(JOBS, cronJob.namespace(), template.manual());
    }

    /** Whoever made a job: what it is for, and when it ended well, counts. */
    private void takeNote(Resource job) {
        boolean known = status.active(job.uid());
        if (!Jobs.finished(job)) {
            if (!known) {
                cluster.events()
                        .warning(
                                cronJob,
                                "UnexpectedJob",
                                "Saw a job that the controller did not create or forgot: " + job.name());
            }
            return;
        }
        boolean success = job.is("Complete");
        if (known) {
            status.forget(job.uid());
            cluster.events()
                    .normal(
                            cronJob,
                            "SawCompletedJob",
                            "Saw completed job: " + job.name() + ", condition: " + (success ? "Complete" : "Failed"));
        }
        if (success) {
            status.succeeded(job.status().path("completionTime").asText(""));
        }
    }

    private void forgetMissing() {
        for (JsonNode ref : status.active()) {
            String uid = ref.path("uid").asText();
            if (jobs.stream().noneMatch(job -> job.uid().equals(uid))) {
                status.forget(uid);
                cluster.events()
                        .normal(
                                cronJob,
                                "MissingJob",
                                "Active job went missing: " + ref.path("name").asText());
            }
        }
    }

    private void limitHistory(String condition, int limit) {
        List<Resource> ended = jobs.stream()
                .filter(job -> job.is(condition))
                .sorted(Comparator.comparing((Resource job) ->
                                Times.parse(job.status().path("startTime").asText("")))
                        .thenComparing(Resource::name))
                .toList();
        ended.stream().limit(Math.max(0, ended.size() - limit)).forEach(this::delete);
    }

    private void delete(Resource job) {
        if (!job.deleting() && cluster.delete(JOBS, job)) {
            cluster.events().normal(cronJob, "SuccessfulDelete", "Deleted job " + job.name());
        }
    }

    private void replace(Resource job) {
        delete(job);
        status.forget(job.uid());
    }

    private void start(Schedule schedule, Instant time) {
        String policy = cronJob.spec().path("concurrencyPolicy").asText("Allow");
        boolean running = !status.active().isEmpty();
        if (policy.equals("Forbid") && running) {
            cluster.events()
                    .normal(
                            cronJob,
                            "JobAlreadyActive",
                            "Not starting job because prior execution is running and concurrency policy is Forbid");
            return;
        }
        if (policy.equals("Replace")) {
            jobs.stream().filter(job -> status.active(job.uid())).forEach(this::replace);
        }
        try {
            Resource job = cluster.create(JOBS, cronJob.namespace(), template.at(time, schedule));
            cluster.events().normal(cronJob, "SuccessfulCreate", "Created job " + job.name());
            status.started(job, time);
        } catch (Failure e) {
            if (e.reason().equals("AlreadyExists")) {
                // One of this cron job was made before, and that could not be written down; another's is left alone.
                cluster.find(JOBS, cronJob.namespace(), template.name(time))
                        .filter(job -> job.controlledBy(cronJob.uid()) && !status.active(job.uid()))
                        .ifPresent(job -> status.started(job, time));
                return;
            }
            // A namespace that goes is no news; a quota that is used up is.
            if (!e.status()
                    .path("details")
                    .path("causes")
                    .path(0)
                    .path("reason")
                    .asText()
                    .equals("NamespaceTerminating")) {
                cluster.events().warning(cronJob, "FailedCreate", "Error creating job: " + e.getMessage());
            }
            throw e;
        }
    }

    private void write() {
        ObjectNode next = status.json();
        if (!Json.same(cronJob.status(), next)) {
            cluster.editStatus(ResourceCatalog.CRON_JOBS, cronJob, current -> current.set("status", next));
        }
    }
}
