package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.rule.pod.PodSpecDefaults;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.time.ZoneId;
import java.util.List;

/** Cron jobs. */
final class CronJobRules implements KindRules {

    /** The controller appends eleven characters to make the names of jobs, which end at 63. */
    private static final int MAX_NAME = 52;

    @Override
    public void defaults(ObjectNode job) {
        ObjectNode spec = Json.child(job, "spec");
        Defaults.text(spec, "concurrencyPolicy", "Allow");
        Defaults.flag(spec, "suspend", false);
        Defaults.number(spec, "successfulJobsHistoryLimit", 3);
        Defaults.number(spec, "failedJobsHistoryLimit", 1);
        ObjectNode template = Json.child(spec, "jobTemplate");
        Json.child(template, "metadata");
        PodSpecDefaults.ofTemplate(Json.child(template, "spec"));
    }

    @Override
    public void prepareCreate(ObjectNode job) {
        job.putObject("status");
    }

    @Override
    public void validate(ObjectNode job, Violations violations) {
        JsonNode spec = job.path("spec");
        JobRules.spec(Json.at(spec, "jobTemplate", "spec"), "spec.jobTemplate.spec", violations);
        String schedule = Json.text(spec, "schedule");
        if (schedule.isEmpty()) {
            violations.add(Violation.required("spec.schedule", ""));
        } else {
            CronSchedule.problem(schedule)
                    .ifPresent(problem -> violations.add(Violation.invalid("spec.schedule", schedule, problem)));
        }
        if (spec.hasNonNull("timeZone")) {
            String zone = Json.text(spec, "timeZone");
            violations.addIf(
                    !ZoneId.getAvailableZoneIds().contains(zone),
                    Violation.invalid("spec.timeZone", zone, "unknown time zone " + zone));
        }
        for (String field :
                List.of("startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit")) {
            Check.notNegative(spec, field, "spec", violations);
        }
        Check.oneOf(spec, "concurrencyPolicy", "spec", List.of("Allow", "Forbid", "Replace"), violations);
    }

    @Override
    public List<String> nameProblems(String name) {
        if (name.length() > MAX_NAME) {
            return List.of("must be no more than " + MAX_NAME + " characters");
        }
        return NameRules.subdomain(name);
    }
}
