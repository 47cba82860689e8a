package io.statefulkit.embedded.control.batch;

import io.statefulkit.embedded.control.batch.FailurePolicy.Action;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a job ends, and how.
 *
 * @param spec the job
 * @param pods its pods
 * @param progress how far it is
 * @param now the time
 */
record JobEndings(JobSpec spec, JobPods pods, JobProgress progress, Instant now) {

    /** How the job ends, when it does now or has begun to. */
    Optional<JobEnding> ending() {
        Resource job = spec.job();
        for (String begun : new String[] {"FailureTarget", "SuccessCriteriaMet"}) {
            if (job.is(begun)) {
                var target = job.condition(begun);
                return Optional.of(new JobEnding(
                        begun.equals("SuccessCriteriaMet"),
                        target.path("reason").asText(),
                        target.path("message").asText()));
            }
        }
        Optional<JobEnding> given = pods.pods().stream()
                .filter(pods::failed)
                .map(FailurePolicy.of(job)::verdict)
                .filter(verdict -> verdict.action() == Action.FAIL_JOB)
                .findFirst()
                .map(verdict -> new JobEnding(false, "PodFailurePolicy", verdict.message()));
        if (given.isPresent()) {
            return given;
        }
        if (progress.failed() > spec.backoffLimit() || tooManyRestarts()) {
            return Optional.of(
                    new JobEnding(false, "BackoffLimitExceeded", "Job has reached the specified backoff limit"));
        }
        if (deadlineIn().filter(left -> left.isNegative() || left.isZero()).isPresent()) {
            return Optional.of(
                    new JobEnding(false, "DeadlineExceeded", "Job was active longer than specified deadline"));
        }
        return endingOfIndexes().or(() -> complete() ? Optional.of(JobEnding.COMPLETE) : Optional.empty());
    }

    private Optional<JobEnding> endingOfIndexes() {
        if (progress.failedIndexes().size() > spec.maxFailedIndexes().orElse(Integer.MAX_VALUE)) {
            return Optional.of(new JobEnding(
                    false,
                    "MaxFailedIndexesExceeded",
                    "Job has exceeded the specified maximal number of failed indexes"));
        }
        boolean allEnded = spec.completions().isPresent()
                && progress.failedIndexes().size() + progress.completed().size()
                        >= spec.completions().getAsInt();
        if (!progress.failedIndexes().isEmpty() && allEnded) {
            return Optional.of(new JobEnding(false, "FailedIndexes", "Job has failed indexes"));
        }
        return spec.indexed()
                ? SuccessPolicy.of(spec.job())
                        .met(progress.completed())
                        .map(rule -> new JobEnding(true, "SuccessPolicy", rule))
                : Optional.empty();
    }

    private boolean complete() {
        if (spec.completions().isEmpty()) {
            return progress.succeeded() > 0 && pods.active().isEmpty();
        }
        return progress.succeeded() >= spec.completions().getAsInt();
    }

    private boolean tooManyRestarts() {
        if (!spec.onFailure()) {
            return false;
        }
        int restarts = pods.restarts();
        return spec.backoffLimit() == 0 ? restarts > 0 : restarts >= spec.backoffLimit();
    }

    /** How long the job may still run. */
    Optional<Duration> deadlineIn() {
        String start = spec.job().status().path("startTime").asText("");
        if (start.isEmpty() || spec.suspended()) {
            return Optional.empty();
        }
        return spec.activeDeadline()
                .map(deadline -> Duration.between(now, Times.parse(start).plus(deadline)));
    }
}
