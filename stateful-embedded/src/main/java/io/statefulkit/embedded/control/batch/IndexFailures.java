package io.statefulkit.embedded.control.batch;

import io.statefulkit.embedded.control.batch.FailurePolicy.Action;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.stream.Stream;

/**
 * The failures of each index of a job that has a limit for each. A pod carries the number of those before it, so that the
 * last one of an index knows them all.
 *
 * @param spec the job
 * @param pods its pods
 */
record IndexFailures(JobSpec spec, JobPods pods) {

    static final String COUNT = "batch.kubernetes.io/job-index-failure-count";
    static final String IGNORED = "batch.kubernetes.io/job-index-ignored-failure-count";

    /** The last pod of an index is the one with the most failures before it. */
    static final Comparator<Resource> LAST = Comparator.comparing(
                    (Resource pod) -> number(pod, COUNT) + number(pod, IGNORED))
            .thenComparing(JobPods::finished);

    /** Returns how often an index failed. */
    int count(int index) {
        return of(index)
                .mapToInt(pod -> number(pod, COUNT) + (counts(pod) ? 1 : 0))
                .max()
                .orElse(0);
    }

    /** Returns how many failures of an index were ignored. */
    int ignored(int index) {
        return of(index)
                .mapToInt(pod -> number(pod, IGNORED) + (action(pod) == Action.IGNORE ? 1 : 0))
                .max()
                .orElse(0);
    }

    /** Returns the indexes that have failed for good: those of before, and those that do now. */
    NavigableSet<Integer> failed() {
        NavigableSet<Integer> failed =
                Indexes.parse(spec.job().status().path("failedIndexes").asText(""));
        for (Resource pod : pods.pods()) {
            int index = JobPods.index(pod);
            boolean known = index >= 0 && index < spec.completions().orElse(0);
            if (known
                    && (action(pod) == Action.FAIL_INDEX
                            || count(index) > spec.backoffLimitPerIndex().orElse(Integer.MAX_VALUE))) {
                failed.add(index);
            }
        }
        return failed;
    }

    /** Returns how long an index must wait for its next pod. */
    Duration backoff(int index, Instant now) {
        Instant last = of(index)
                .filter(pods::failed)
                .map(JobPods::finished)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return new Backoff(spec.job().uid(), count(index) + ignored(index), last).left(now);
    }

    private Stream<Resource> of(int index) {
        return pods.pods().stream().filter(pod -> JobPods.index(pod) == index);
    }

    private boolean counts(Resource pod) {
        return pods.failed(pod) && action(pod) != Action.IGNORE;
    }

    private Action action(Resource pod) {
        return FailurePolicy.of(spec.job()).verdict(pod).action();
    }

    private static int number(Resource pod, String annotation) {
        try {
            return Integer.parseInt(pod.annotation(annotation));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
