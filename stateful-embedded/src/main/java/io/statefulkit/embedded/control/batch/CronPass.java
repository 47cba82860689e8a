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

    Optional<Duration> run() {
        takeNoteOfEnds();
        limitHistory(
                "Complete", cronJob.spec().path("successfulJobsHistoryLimit").asInt(3));
        limitHistory("Failed", cronJob.spec().path("failedJobsHistoryLimit").asInt(1));
        write();
        if (cronJob.spec().path("suspend").asBoolean(false)) {
            return Optional.empty();
        }
        Optional<Schedule> schedule = schedule();
        schedule.flatMap(this::due).ifPresent(time -> start(schedule.get(), time));
        return schedule.flatMap(found -> found.next(now, cronJob.created())).map(next -> Duration.between(now, next));
    }

    Resource trigger() {
        ObjectNode job = job("");
        Json.child(job, "metadata").remove("name");
        Json.child(job, "metadata").put("generateName", cronJob.name() + "-manual-");
        Trees.annotate(job, "cronjob.kubernetes.io/instantiate", "manual");
        return cluster.create(JOBS, cronJob.namespace(), job);
    }

    private void takeNoteOfEnds() {
        ArrayNode active = Json.object().arrayNode();
        for (JsonNode ref : status.path("active")) {
            String uid = ref.path("uid").asText();
            Optional<Resource> job =
                    jobs.stream().filter(each -> each.uid().equals(uid)).findFirst();
            if (job.isEmpty()) {
                cluster.events()
                        .normal(
                                cronJob,
                                "MissingJob",
                                "Active job went missing: " + ref.path("name").asText());
            } else if (Jobs.finished(job.get())) {
                ended(job.get());
            } else {
                active.add(ref);
            }
        }
        if (active.isEmpty()) {
            status.remove("active");
        } else {
            status.set("active", active);
        }
    }

    private void ended(Resource job) {
        boolean success = job.is("Complete");
        cluster.events()
                .normal(
                        cronJob,
                        "SawCompletedJob",
                        "Saw completed job: " + job.name() + ", condition: " + (success ? "Complete" : "Failed"));
        String end = job.status().path("completionTime").asText("");
        String last = status.path("lastSuccessfulTime").asText("");
        if (success && Times.parse(end).isAfter(Times.parse(last))) {
            status.put("lastSuccessfulTime", end);
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

    private Optional<Schedule> schedule() {
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
                            "too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew");
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
            jobs.stream().filter(job -> !Jobs.finished(job)).forEach(this::delete);
            status.remove("active");
        }
        ObjectNode body = job(name);
        Trees.annotate(
                body,
                "batch.kubernetes.io/cronjob-scheduled-timestamp",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(schedule.zone())));
        try {
            started(cluster.create(JOBS, cronJob.namespace(), body), time);
        } catch (Failure e) {
            if (e.reason().equals("AlreadyExists")) {
                status.put("lastScheduleTime", Times.seconds(time));
                write();
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
        cluster.events().normal(cronJob, "SuccessfulCreate", "Created job " + job.name());
        status.withArray("active")
                .addObject()
                .put("kind", "Job")
                .put("namespace", job.namespace())
                .put("name", job.name())
                .put("uid", job.uid())
                .put("apiVersion", "batch/v1")
                .put("resourceVersion", job.resourceVersion());
        status.put("lastScheduleTime", Times.seconds(time));
        write();
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
