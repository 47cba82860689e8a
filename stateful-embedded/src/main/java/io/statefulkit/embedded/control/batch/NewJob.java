package io.statefulkit.embedded.control.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Ownership;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Trees;
import io.statefulkit.embedded.json.Json;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * The jobs that a cron job makes.
 *
 * @param cronJob the cron job
 */
record NewJob(Resource cronJob) {

    private static final int SECONDS_A_MINUTE = 60;

    /** Returns the name of the job for a time: the same whoever makes it, so that there is only one. */
    String name(Instant time) {
        return cronJob.name() + "-" + time.getEpochSecond() / SECONDS_A_MINUTE;
    }

    /** Returns the job for a time of a schedule. */
    ObjectNode at(Instant time, Schedule schedule) {
        ObjectNode job = job(Json.object().put("name", name(time)));
        Trees.annotate(
                job,
                "batch.kubernetes.io/cronjob-scheduled-timestamp",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(schedule.zone())));
        return job;
    }

    /** Returns a job that somebody asks for. */
    ObjectNode manual() {
        ObjectNode job = job(Json.object());
        Json.child(job, "metadata").put("generateName", cronJob.name() + "-manual-");
        Trees.annotate(job, "cronjob.kubernetes.io/instantiate", "manual");
        return job;
    }

    private ObjectNode job(ObjectNode metadata) {
        JsonNode template = cronJob.spec().path("jobTemplate");
        ObjectNode job = Json.object();
        job.put("kind", "Job").put("apiVersion", "batch/v1");
        job.set("metadata", metadata);
        metadata.put("namespace", cronJob.namespace());
        for (String field : new String[] {"labels", "annotations"}) {
            if (template.path("metadata").hasNonNull(field)) {
                metadata.set(field, template.path("metadata").path(field).deepCopy());
            }
        }
        metadata.putArray("ownerReferences").add(Ownership.controllerRef(cronJob));
        job.set("spec", template.path("spec").deepCopy());
        return job;
    }
}
