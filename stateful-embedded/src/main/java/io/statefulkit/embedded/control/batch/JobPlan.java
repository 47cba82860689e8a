package io.statefulkit.embedded.control.batch;

import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;

/** What one pass over a job does: a pure function of the job, its pods and the time. */
final class JobPlan {

    static final String BACKOFF_LIMIT = "BackoffLimitExceeded";
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(10);
    private static final int MAX_DOUBLINGS = 10;

    private final JobSpec spec;
    private final JobPods pods;
    private final Instant now;
    private final int succeeded;
    private final int failed;
    private final NavigableSet<Integer> completed;

    JobPlan(JobSpec spec, JobPods pods, Instant now) {
        this.spec = spec;
        this.pods = pods;
        this.now = now;
        this.completed =
                Indexes.parse(spec.job().status().path("completedIndexes").asText(""));
        if (spec.indexed()) {
            pods.succeededIndexes().stream()
                    .filter(index -> index >= 0 && index < spec.completions().orElse(0))
                    .forEach(completed::add);
        }
        this.succeeded = spec.indexed()
                ? completed.size()
                : spec.job().status().path("succeeded").asInt(0)
                        + pods.newlySucceeded().size();
        this.failed =
                spec.job().status().path("failed").asInt(0) + pods.newlyFailed().size();
    }

    int succeeded() {
        return succeeded;
    }

    int failed() {
        return failed;
    }

    NavigableSet<Integer> completed() {
        return completed;
    }

    /** How the job ends, when it does now or has begun to. */
    Optional<Ending> ending() {
        Resource job = spec.job();
        if (job.is("FailureTarget")) {
            var target = job.condition("FailureTarget");
            return Optional.of(new Ending(
                    false,
                    target.path("reason").asText(),
                    target.path("message").asText()));
        }
        if (job.is("SuccessCriteriaMet") || complete()) {
            return Optional.of(Ending.COMPLETE);
        }
        if (failed > spec.backoffLimit() || tooManyRestarts()) {
            return Optional.of(new Ending(false, BACKOFF_LIMIT, "Job has reached the specified backoff limit"));
        }
        if (deadlineIn().filter(left -> left.isNegative() || left.isZero()).isPresent()) {
            return Optional.of(new Ending(false, "DeadlineExceeded", "Job was active longer than specified deadline"));
        }
        return Optional.empty();
    }

    private boolean complete() {
        if (spec.completions().isEmpty()) {
            return succeeded > 0 && pods.active().isEmpty();
        }
        return succeeded >= spec.completions().getAsInt();
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

    /** How many pods should run now. */
    int wanted() {
        int active = pods.active().size();
        if (spec.completions().isEmpty()) {
            return succeeded > 0 ? active : spec.parallelism();
        }
        return Math.max(0, Math.min(spec.parallelism(), spec.completions().getAsInt() - succeeded));
    }

    /** How many pods are to be made, when the back-off allows it. */
    int missing() {
        int terminating = spec.replacesFailedOnly() ? pods.terminating() : 0;
        return Math.max(0, wanted() - pods.active().size() - terminating);
    }

    /** Which pods are too many: those that have come least far. */
    List<Resource> surplus() {
        List<Resource> active = new ArrayList<>(pods.active());
        active.sort(Comparator.comparing((Resource pod) -> Pods.phase(pod).equals("Running"))
                .thenComparing(pod -> pod.is("Ready"))
                .thenComparing(Resource::created, Comparator.reverseOrder()));
        return active.subList(0, Math.max(0, active.size() - wanted()));
    }

    /** How long to wait before the next pod, after failures. */
    Duration backoff() {
        int failures = pods.failuresInARow();
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration delay = FIRST_BACKOFF.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        Duration capped = delay.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : delay;
        Duration left = Duration.between(now, pods.lastFailure().plus(capped));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The lowest indexes that have neither succeeded nor have a pod. */
    List<Integer> freeIndexes(int count) {
        Set<Integer> taken = pods.activeIndexes();
        if (spec.replacesFailedOnly()) {
            pods.pods().stream()
                    .filter(pod -> pod.deleting() && !Pods.terminal(pod))
                    .forEach(pod -> taken.add(JobPods.index(pod)));
        }
        List<Integer> free = new ArrayList<>();
        for (int index = 0; index < spec.completions().orElse(0) && free.size() < count; index++) {
            if (!completed.contains(index) && !taken.contains(index)) {
                free.add(index);
            }
        }
        return free;
    }

    /**
     * How a job ends.
     *
     * @param success whether all went well
     * @param reason the reason of the conditions
     * @param message the message of the conditions
     */
    record Ending(boolean success, String reason, String message) {

        static final Ending COMPLETE =
                new Ending(true, "CompletionsReached", "Reached expected number of succeeded pods");

        String interim() {
            return success ? "SuccessCriteriaMet" : "FailureTarget";
        }

        String terminal() {
            return success ? "Complete" : "Failed";
        }
    }
}
