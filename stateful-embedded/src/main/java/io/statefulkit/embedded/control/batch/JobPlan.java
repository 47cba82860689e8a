package io.statefulkit.embedded.control.batch;

import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What one pass over a job does: a pure function of the job, its pods and the time. */
final class JobPlan {

    private final JobSpec spec;
    private final JobPods pods;
    private final Instant now;
    private final IndexFailures failures;
    private final JobProgress progress;
    private final JobIndexes indexes;
    private final JobEndings endings;
    private final Backoff inARow;

    JobPlan(JobSpec spec, JobPods pods, Backoff before, Instant now) {
        this.spec = spec;
        this.pods = pods;
        this.now = now;
        this.failures = new IndexFailures(spec, pods);
        this.progress = new JobProgress(spec, pods, failures);
        this.indexes = new JobIndexes(spec, pods, progress, failures, now);
        this.endings = new JobEndings(spec, pods, progress, now);
        this.inARow = before.after(pods.newlySucceeded(), pods.newlyFailed());
    }

    JobProgress progress() {
        return progress;
    }

    JobIndexes indexes() {
        return indexes;
    }

    JobEndings endings() {
        return endings;
    }

    IndexFailures failures() {
        return failures;
    }

    /** How many pods should run now. */
    int wanted() {
        int active = pods.active().size();
        if (spec.completions().isEmpty()) {
            return progress.succeeded() > 0 ? active : spec.parallelism();
        }
        int left = spec.completions().getAsInt()
                - progress.succeeded()
                - progress.failedIndexes().size();
        return Math.max(0, Math.min(spec.parallelism(), left));
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
        List<Resource> surplus = new ArrayList<>(spec.indexed() ? indexes.useless(active) : List.<Resource>of());
        active.removeAll(surplus);
        surplus.addAll(active.subList(0, Math.max(0, active.size() - wanted())));
        return surplus;
    }

    /** The failures in a row, those of this pass among them. */
    Backoff failuresInARow() {
        return inARow;
    }

    /** How long to wait before the next pod, after failures. */
    Duration backoff() {
        return spec.backoffLimitPerIndex().isPresent() ? Duration.ZERO : inARow.left(now);
    }
}
