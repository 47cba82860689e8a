package io.statefulkit.embedded.http.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How jobs and cron jobs look in tables. */
final class JobCells {

    private static final List<String> ENDS =
            List.of("Complete", "Failed", "Suspended", "FailureTarget", "SuccessCriteriaMet");

    private JobCells() {}

    static String status(Cells job) {
        if (condition(job, "Complete")) {
            return "Complete";
        }
        if (condition(job, "Failed")) {
            return "Failed";
        }
        if (job.at("metadata").has("deletionTimestamp")) {
            return "Terminating";
        }
        return ENDS.stream().filter(type -> condition(job, type)).findFirst().orElse("Running");
    }

    static String completions(Cells job) {
        Object succeeded = job.count("status", "succeeded");
        if (job.at("spec").has("completions")) {
            return succeeded + "/" + job.count("spec", "completions");
        }
        long parallelism = job.at("spec", "parallelism").asLong(0);
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    static String duration(Cells job) {
        JsonNode start = job.at("status", "startTime");
        JsonNode end = job.at("status", "completionTime");
        if (!start.isTextual()) {
            return "";
        }
        if (!end.isTextual()) {
            return job.since(start);
        }
        return Cells.brief(Duration.between(Instant.parse(start.asText()), Instant.parse(end.asText())));
    }

    static String suspended(Cells cron) {
        return cron.at("spec", "suspend").asBoolean() ? "True" : "False";
    }

    static String lastSchedule(Cells cron) {
        JsonNode last = cron.at("status", "lastScheduleTime");
        return last.isTextual() ? cron.since(last) : "<none>";
    }

    static String cronContainers(Cells cron) {
        return Cells.names(cron.at("spec", "jobTemplate", "spec", "template", "spec", "containers"), "name");
    }

    static String cronImages(Cells cron) {
        return Cells.names(cron.at("spec", "jobTemplate", "spec", "template", "spec", "containers"), "image");
    }

    private static boolean condition(Cells job, String type) {
        for (JsonNode condition : job.at("status", "conditions")) {
            if (condition.path("type").asText().equals(type)
                    && condition.path("status").asText().equals("True")) {
                return true;
            }
        }
        return false;
    }
}
