package io.statefulkit.embedded.control.batch;

import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * How long a job's next pod has to wait. Kept beside the job: a pod that failed because it was deleted is gone soon, and one
 * that was stopped because nobody needed it looks the same but has not failed.
 *
 * @param job the uid of the job
 * @param failures how many pods failed since the last one that succeeded
 * @param last when the last of them did
 */
record Backoff(String job, int failures, Instant last) {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MAX_DOUBLINGS = 10;

    static Backoff none(String job) {
        return new Backoff(job, 0, Instant.EPOCH);
    }

    /** Returns what holds after some pods have ended. */
    Backoff after(List<Resource> succeeded, List<Resource> failed) {
        Instant success = succeeded.stream()
                .map(JobPods::finished)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        List<Instant> since = failed.stream()
                .map(JobPods::finished)
                .filter(end -> end.isAfter(success))
                .sorted()
                .toList();
        Backoff before = succeeded.isEmpty() ? this : none(job);
        return since.isEmpty() ? before : new Backoff(job, before.failures + since.size(), since.get(since.size() - 1));
    }

    /** Returns how long to wait from now on. */
    Duration left(Instant now) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration delay = FIRST.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        Duration capped = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
        Duration left = Duration.between(now, last.plus(capped));
        return left.isNegative() ? Duration.ZERO : left;
    }
}
