package io.statefulkit.embedded.control.batch;

import io.statefulkit.embedded.control.batch.FailurePolicy.Action;
import io.statefulkit.embedded.control.loop.Resource;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** How far a job is, with what its pods tell that is not written down yet. */
final class JobProgress {

    private final JobSpec spec;
    private final JobPods pods;
    private final FailurePolicy policy;
    private final int succeeded;
    private final int failed;
    private final NavigableSet<Integer> completed;
    private final NavigableSet<Integer> failedIndexes;

    JobProgress(JobSpec spec, JobPods pods, IndexFailures failures) {
        this.spec = spec;
        this.pods = pods;
        this.policy = FailurePolicy.of(spec.job());
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
                spec.job().status().path("failed").asInt(0) + newlyFailed().size();
        this.failedIndexes = spec.backoffLimitPerIndex().isPresent() ? failures.failed() : new TreeSet<>();
        failedIndexes.removeAll(completed);
    }

    /** Pods whose failure counts and is not counted yet. */
    List<Resource> newlyFailed() {
        return pods.newlyFailed().stream().filter(this::counts).toList();
    }

    /** Whether a pod would count as failed. */
    boolean counts(Resource pod) {
        int index = spec.indexed() ? JobPods.index(pod) : 0;
        boolean known =
                index >= 0 && (!spec.indexed() || index < spec.completions().orElse(0));
        return known && policy.verdict(pod).action() != Action.IGNORE;
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

    NavigableSet<Integer> failedIndexes() {
        return failedIndexes;
    }
}
