package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;

/** Cron jobs. */
final class CronJobRules implements KindRules {

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
}
