package io.statefulkit.embedded.control.batch;

import io.statefulkit.embedded.control.batch.FailurePolicy.Action;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/** What one pass over a job does: a pure function of the job, its pods and the time. */
final class JobPlan {

    static final String BACKOFF_LIMIT = "BackoffLimitExceeded";

    private final JobSpec spec;
    private final JobPods pods;
    private final Instant now;
    private final int succeeded;
    private final int failed;
    private final NavigableSet<Integer> completed;
    private final NavigableSet<Integer> failedIndexes;
    private final FailurePolicy policy;
    private final IndexFailures failures;
    private final Backoff inARow;

    JobPlan(JobSpec spec, JobPods pods, Backoff before, Instant now) {
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
        this.policy = FailurePolicy.of(spec.job());
        this.failed =
                spec.job().status().path("failed").asInt(0) + newlyFailed().size();
        this.failures = new IndexFailures(spec, pods);
        this.failedIndexes = spec.backoffLimitPerIndex().isPresent() ? failures.failed() : new TreeSet<>();
        failedIndexes.removeAll(completed);
        this.inARow = before.after(pods.newlySucceeded(), pods.newlyFailed());
    }

    /** Pods whose failure counts and is not counted yet. */
    List<Resource> newlyFailed() {
        return pods.newlyFailed().stream().filter(this::counts).toList();
    }

    /**
     * Failed pods that are not let go before another runs for their index: until then they alone know how often it failed.
     * They count when they are let go.
     */
    List<Resource> held() {
        if (spec.backoffLimitPerIndex().isEmpty()) {
            return List.of();
        }
        Set<Integer> settled = pods.activeIndexes();
        settled.addAll(completed);
        settled.addAll(failedIndexes);
        Map<Integer, Resource> last = new HashMap<>();
        for (Resource pod : pods.newlyFailed()) {
            int index = JobPods.index(pod);
            boolean known = index >= 0 && index < spec.completions().orElse(0);
            if (known && !settled.contains(index)) {
                last.merge(index, pod, BinaryOperator.maxBy(IndexFailures.LAST));
            }
        }
        return List.copyOf(last.values());
    }

    /** Whether a pod would count as failed. */
    boolean counts(Resource pod) {
        int index = spec.indexed() ? JobPods.index(pod) : 0;
        boolean known =
                index >= 0 && (!spec.indexed() || index < spec.completions().orElse(0));
        return known && policy.verdict(pod).action() != Action.IGNORE;
    }

    NavigableSet<Integer> failedIndexes() {
        return failedIndexes;
    }

    IndexFailures failures() {
        return failures;
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
                .map(policy::verdict)
                .filter(verdict -> verdict.action() == Action.FAIL_JOB)
                .findFirst()
                .map(verdict -> new JobEnding(false, "PodFailurePolicy", verdict.message()));
        if (given.isPresent()) {
            return given;
        }
        if (failed > spec.backoffLimit() || tooManyRestarts()) {
            return Optional.of(new JobEnding(false, BACKOFF_LIMIT, "Job has reached the specified backoff limit"));
        }
        if (deadlineIn().filter(left -> left.isNegative() || left.isZero()).isPresent()) {
            return Optional.of(
                    new JobEnding(false, "DeadlineExceeded", "Job was active longer than specified deadline"));
        }
        return endingOfIndexes().or(() -> complete() ? Optional.of(JobEnding.COMPLETE) : Optional.empty());
    }

    private Optional<JobEnding> endingOfIndexes() {
        if (failedIndexes.size() > spec.maxFailedIndexes().orElse(Integer.MAX_VALUE)) {
            return Optional.of(new JobEnding(
                    false,
                    "MaxFailedIndexesExceeded",
                    "Job has exceeded the specified maximal number of failed indexes"));
        }
        boolean allEnded = spec.completions().isPresent()
                && failedIndexes.size() + completed.size() >= spec.completions().getAsInt();
        if (!failedIndexes.isEmpty() && allEnded) {
            return Optional.of(new JobEnding(false, "FailedIndexes", "Job has failed indexes"));
        }
        return spec.indexed()
                ? SuccessPolicy.of(spec.job()).met(completed).map(rule -> new JobEnding(true, "SuccessPolicy", rule))
                : Optional.empty();
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
        return Math.max(
                0, Math.min(spec.parallelism(), spec.completions().getAsInt() - succeeded - failedIndexes.size()));
    }

    /** How many pods are to be made, when the back-off allows it. */
    int missing() {
        int terminating = spec.replacesFailedOnly() ? pods.terminating() : 0;
        return Math.max(0, wanted() - pods.active().size() - terminating);
    }

    /** Which pods are too many: those that are for no index or for one that has another, then those that have come least far. */
    List<Resource> surplus() {
        List<Resource> active = new ArrayList<>(pods.active());
        active.sort(Comparator.comparing((Resource pod) -> Pods.phase(pod).equals("Running"))
                .thenComparing(pod -> pod.is("Ready"))
                .thenComparing(Resource::created, Comparator.reverseOrder()));
        List<Resource> surplus = new ArrayList<>(spec.indexed() ? useless(active) : List.<Resource>of());
        active.removeAll(surplus);
        surplus.addAll(active.subList(0, Math.max(0, active.size() - wanted())));
        return surplus;
    }

    /** Those of no index that the job has, and of several for one index all but the one that has come farthest. */
    private List<Resource> useless(List<Resource> leastFarFirst) {
        Set<Integer> taken = new HashSet<>();
        List<Resource> useless = new ArrayList<>();
        for (int i = leastFarFirst.size() - 1; i >= 0; i--) {
            int index = JobPods.index(leastFarFirst.get(i));
            boolean known = index >= 0 && index < spec.completions().orElse(0);
            if (!known || !taken.add(index)) {
                useless.add(leastFarFirst.get(i));
            }
        }
        return useless;
    }

    /** The failures in a row, those of this pass among them. */
    Backoff failuresInARow() {
        return inARow;
    }

    /** How long to wait before the next pod, after failures. */
    Duration backoff() {
        return spec.backoffLimitPerIndex().isPresent() ? Duration.ZERO : inARow.left(now);
    }

    private Duration backoff(int index) {
        return spec.backoffLimitPerIndex().isPresent() ? failures.backoff(index, now) : Duration.ZERO;
    }

    /** How long it is until an index that failed gets its next pod, when each index has a limit of its own. */
    Optional<Duration> nextIndexIn() {
        return pendingIndexes().stream()
                .map(this::backoff)
                .filter(pause -> !pause.isZero())
                .min(Comparator.naturalOrder());
    }

    /** Those of the lowest indexes that have neither ended nor have a pod which need not wait; others do not go before them. */
    List<Integer> freeIndexes(int count) {
        return pendingIndexes().stream()
                .limit(count)
                .filter(index -> backoff(index).isZero())
                .toList();
    }

    private List<Integer> pendingIndexes() {
        Set<Integer> taken = pods.activeIndexes();
        if (spec.replacesFailedOnly()) {
            pods.pods().stream()
                    .filter(pod -> pod.deleting() && !Pods.terminal(pod))
                    .forEach(pod -> taken.add(JobPods.index(pod)));
        }
        taken.addAll(completed);
        taken.addAll(failedIndexes);
        return IntStream.range(0, spec.completions().orElse(0))
                .boxed()
                .filter(index -> !taken.contains(index))
                .toList();
    }
}
