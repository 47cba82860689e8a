package io.statefulkit.embedded.control.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Ownership;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.control.loop.Trees;
import io.statefulkit.embedded.json.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One pass over a cron job. */
final class CronPass {

    private static final ResourceType JOBS = ResourceCatalog.JOBS;
    private static final int MANY_MISSED = 100;
    private static final int SECONDS_A_MINUTE = 60;

    private final Cluster cluster;
    private final Resource cronJob;
    private final List<Resource> jobs;
    private final ObjectNode status;
    private final Instant now;

    CronPass(Cluster cluster, Resource cronJob, List<Resource> jobs) {
        this.cluster = cluster;
        this.cronJob = cronJob;
        this.jobs = jobs;
        this.now = cluster.now();
        this.status = cronJob.status().isObject() ? cronJob.status().deepCopy() : Json.object();
    }

    /** The status is written once, at the end: who watches sees no job go and come that ended as the next began. */
    Optional<Duration> run() {
        jobs.forEach(this::takeNote);
        forgetMissing();
        try {
            return cronJob.deleting() ? Optional.empty() : schedule().flatMap(this::onTime);
        } finally {
            limitHistory(
                    "Complete",
                    cronJob.spec().path("successfulJobsHistoryLimit").asInt(3));
            limitHistory("Failed", cronJob.spec().path("failedJobsHistoryLimit").asInt(1));
            write();
        }
    }

    private Optional<Duration> onTime(Schedule schedule) {
        due(schedule).ifPresent(time -> start(schedule, time));
        return schedule.next(now, cronJob.created()).map(next -> Duration.between(now, next));
    }

    Resource trigger() {
        ObjectNode job = job("");
        Json.child(job, "metadata").remove("name");
        Json.child(job, "metadata").put("generateName", cronJob.name() + "-manual-");
        Trees.annotate(job, "cronjob.kubernetes.io/instantiate", "manual");
        return cluster.create(JOBS, cronJob.namespace(), job);
    }

    /** Whoever made a job: what it is for, and when it ended well, counts. */
    private void takeNote(Resource job) {
        boolean known = active(job.uid());
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
            forget(job.uid());
            cluster.events()
                    .normal(
                            cronJob,
                            "SawCompletedJob",
                            "Saw completed job: " + job.name() + ", condition: " + (success ? "Complete" : "Failed"));
        }
        String end = job.status().path("completionTime").asText("");
        String last = status.path("lastSuccessfulTime").asText("");
        if (success && Times.parse(end).isAfter(Times.parse(last))) {
            status.put("lastSuccessfulTime", end);
        }
    }

    private void forgetMissing() {
        List<JsonNode> refs = new ArrayList<>();
        status.path("active").forEach(refs::add);
        for (JsonNode ref : refs) {
            String uid = ref.path("uid").asText();
            if (jobs.stream().noneMatch(job -> job.uid().equals(uid))) {
                forget(uid);
                cluster.events()
                        .normal(
                                cronJob,
                                "MissingJob",
                                "Active job went missing: " + ref.path("name").asText());
            }
        }
    }

    private boolean active(String uid) {
        for (JsonNode ref : status.path("active")) {
            if (ref.path("uid").asText().equals(uid)) {
                return true;
            }
        }
        return false;
    }

    private void forget(String uid) {
        ArrayNode kept = Json.object().arrayNode();
        status.path("active").forEach(ref -> {
            if (!ref.path("uid").asText().equals(uid)) {
                kept.add(ref);
            }
        });
        if (kept.isEmpty()) {
            status.remove("active");
        } else {
            status.set("active", kept);
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
        forget(job.uid());
    }

    private Optional<Schedule> schedule() {
        if (cronJob.spec().path("suspend").asBoolean(false)) {
            return Optional.empty();
        }
        String zone = cronJob.spec().path("timeZone").asText("");
        String text = cronJob.spec().path("schedule").asText("");
        try {
            return Optional.of(Schedule.parse(text, zone.isEmpty() ? Schedule.utc() : ZoneId.of(zone)));
        } catch (DateTimeException e) {
            cluster.events()
                    .warning(cronJob, "UnknownTimeZone", "invalid timeZone: \"" + zone + "\": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            cluster.events()
                    .warning(
                            cronJob,
                            "UnparseableSchedule",
                            "unparseable schedule: \"" + text + "\" : " + e.getMessage());
        }
        return Optional.empty();
    }

    /** The last time that was missed, when there is one. */
    private Optional<Instant> due(Schedule schedule) {
        String last = status.path("lastScheduleTime").asText("");
        Instant earliest = last.isEmpty() ? cronJob.created() : Times.parse(last);
        JsonNode deadline = cronJob.spec().path("startingDeadlineSeconds");
        if (deadline.isNumber()) {
            Instant start = now.minusSeconds(deadline.asLong());
            earliest = start.isAfter(earliest) ? start : earliest;
        }
        Instant after = earliest;
        Optional<Instant> due = schedule.last(after, now, cronJob.created());
        if (due.isPresent() && missed(schedule, after) > MANY_MISSED) {
            cluster.events()
                    .warning(
                            cronJob,
                            "TooManyMissedTimes",
                            "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock"
                                    + " skew");
        }
        return due;
    }

    private int missed(Schedule schedule, Instant after) {
        int missed = 0;
        Instant time = after;
        while (missed <= MANY_MISSED) {
            Optional<Instant> next = schedule.next(time, cronJob.created());
            if (next.isEmpty() || next.get().isAfter(now)) {
                break;
            }
            time = next.get();
            missed++;
        }
        return missed;
    }

    private void start(Schedule schedule, Instant time) {
        String policy = cronJob.spec().path("concurrencyPolicy").asText("Allow");
        boolean running = !status.path("active").isEmpty();
        String name = cronJob.name() + "-" + time.getEpochSecond() / SECONDS_A_MINUTE;
        if (policy.equals("Forbid") && running) {
            cluster.events()
                    .normal(
                            cronJob,
                            "JobAlreadyActive",
                            "Not starting job because prior execution is running and concurrency policy is Forbid");
            return;
        }
        if (policy.equals("Replace")) {
            jobs.stream().filter(job -> active(job.uid())).forEach(this::replace);
        }
        ObjectNode body = job(name);
        Trees.annotate(
                body,
                "batch.kubernetes.io/cronjob-scheduled-timestamp",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(schedule.zone())));
        try {
            Resource job = cluster.create(JOBS, cronJob.namespace(), body);
            cluster.events().normal(cronJob, "SuccessfulCreate", "Created job " + job.name());
            started(job, time);
        } catch (Failure e) {
            if (e.reason().equals("AlreadyExists")) {
                // One of this cron job was made before, and that could not be written down; another's is left alone.
                cluster.find(JOBS, cronJob.namespace(), name)
                        .filter(job -> job.controlledBy(cronJob.uid()) && !active(job.uid()))
                        .ifPresent(job -> started(job, time));
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

    private void started(Resource job, Instant time) {
        status.withArray("active")
                .addObject()
                .put("kind", "Job")
                .put("namespace", job.namespace())
                .put("name", job.name())
                .put("uid", job.uid())
                .put("apiVersion", "batch/v1")
                .put("resourceVersion", job.resourceVersion());
        status.put("lastScheduleTime", Times.seconds(time));
    }

    private ObjectNode job(String name) {
        JsonNode template = cronJob.spec().path("jobTemplate");
        ObjectNode job = Json.object();
        job.put("kind", "Job").put("apiVersion", "batch/v1");
        ObjectNode metadata = job.putObject("metadata");
        metadata.put("name", name).put("namespace", cronJob.namespace());
        for (String field : new String[] {"labels", "annotations"}) {
            if (template.path("metadata").hasNonNull(field)) {
                metadata.set(field, template.path("metadata").path(field).deepCopy());
            }
        }
        metadata.putArray("ownerReferences").add(Ownership.controllerRef(cronJob));
        job.set("spec", template.path("spec").deepCopy());
        return job;
    }

    private void write() {
        ObjectNode next = status.deepCopy();
        if (!Json.same(cronJob.status(), next)) {
            cluster.editStatus(ResourceCatalog.CRON_JOBS, cronJob, current -> current.set("status", next));
        }
    }
}
