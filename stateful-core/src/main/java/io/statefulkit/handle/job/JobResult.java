package io.statefulkit.handle.job;

import java.util.List;

/**
 * What a job did.
 *
 * @param job the name of the job
 * @param log what it wrote
 * @param before whether this very job had run before, so that nothing was to be done
 */
public record JobResult(String job, List<String> log, boolean before) {

    /** Copies the log. */
    public JobResult {
        log = List.copyOf(log);
    }
}
