package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.rule.pod.PodSpecDefaults;
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
        validate(job.path("spec"), Json.object(), violations);
        String name = Json.text(job, "metadata", "name");
        violations.addIf(
                name.length() > MAX_NAME,
                Violation.invalid("metadata.name", name, "must be no more than " + MAX_NAME + " characters"));
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next.path("spec"), old.path("spec"), violations);
    }

    private static void validate(JsonNode spec, JsonNode old, Violations violations) {
        String schedule = Json.text(spec, "schedule");
        if (schedule.isEmpty()) {
            violations.add(Violation.required("spec.schedule", ""));
        } else {
            CronSchedule.problems(schedule)
                    .forEach(problem -> violations.add(Violation.invalid("spec.schedule", schedule, problem)));
        }
        Check.notNegative(spec, "startingDeadlineSeconds", "spec", violations);
        if (spec.has("timeZone") && !Json.same(spec.path("timeZone"), old.path("timeZone"))) {
            zone(Json.text(spec, "timeZone"), violations);
        }
        Check.oneOf(spec, "concurrencyPolicy", "spec", List.of("Allow", "Forbid", "Replace"), violations);
        JsonNode job = Json.at(spec, "jobTemplate", "spec");
        JobSpecRules.validate(job, "spec.jobTemplate.spec", violations);
        violations.addIf(
                job.has("selector"),
                Violation.invalid(
                        "spec.jobTemplate.spec.selector", job.path("selector"), "`selector` will be auto-generated"));
        violations.addIf(
                job.path("manualSelector").asBoolean(),
                Violation.unsupported(
                        "spec.jobTemplate.spec.manualSelector", job.path("manualSelector"), List.of("nil", "false")));
        Check.notNegative(spec, "successfulJobsHistoryLimit", "spec", violations);
        Check.notNegative(spec, "failedJobsHistoryLimit", "spec", violations);
    }

    private static void zone(String zone, Violations violations) {
        if (zone.isEmpty()) {
            violations.add(Violation.invalid("spec.timeZone", zone, "timeZone must be nil or non-empty string"));
            return;
        }
        violations.addIf(
                zone.equalsIgnoreCase("Local"),
                Violation.invalid(
                        "spec.timeZone",
                        zone,
                        "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"));
        violations.addIf(
                !zone.equals("Local") && !ZoneId.getAvailableZoneIds().contains(zone),
                Violation.invalid("spec.timeZone", zone, "unknown time zone " + zone));
    }
}
