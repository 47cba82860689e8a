package io.statefulkit.embedded.control.batch;

import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * The indexes of a job, and which of its pods stand for them.
 *
 * @param spec the job
 * @param pods its pods
 * @param progress how far it is
 * @param failures how often each index failed
 * @param now the time
 */
record JobIndexes(JobSpec spec, JobPods pods, JobProgress progress, IndexFailures failures, Instant now) {

    /**
     * Failed pods that are not let go before another runs for their index: until then they alone know how often it failed.
     * They count when they are let go.
     */
    List<Resource> held() {
        if (spec.backoffLimitPerIndex().isEmpty()) {
            return List.of();
        }
        Set<Integer> settled = pods.activeIndexes();
        settled.addAll(progress.completed());
        settled.addAll(progress.failedIndexes());
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

    /** Those of no index that the job has, and of several for one index all but the one that has come farthest. */
    List<Resource> useless(List<Resource> leastFarFirst) {
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

    /** How long it is until an index that failed gets its next pod, when each index has a limit of its own. */
    Optional<Duration> nextIn() {
        return pending().stream()
                .map(this::backoff)
                .filter(pause -> !pause.isZero())
                .min(Comparator.naturalOrder());
    }

    /** Those of the lowest indexes that have neither ended nor have a pod which need not wait; others do not go before them. */
    List<Integer> free(int count) {
        return pending().stream()
                .limit(count)
                .filter(index -> backoff(index).isZero())
                .toList();
    }

    private List<Integer> pending() {
        Set<Integer> taken = pods.activeIndexes();
        if (spec.replacesFailedOnly()) {
            pods.pods().stream()
                    .filter(pod -> pod.deleting() && !Pods.terminal(pod))
                    .forEach(pod -> taken.add(JobPods.index(pod)));
        }
        taken.addAll(progress.completed());
        taken.addAll(progress.failedIndexes());
        return IntStream.range(0, spec.completions().orElse(0))
                .boxed()
                .filter(index -> !taken.contains(index))
                .toList();
    }

    private Duration backoff(int index) {
        return spec.backoffLimitPerIndex().isPresent() ? failures.backoff(index, now) : Duration.ZERO;
    }
}
