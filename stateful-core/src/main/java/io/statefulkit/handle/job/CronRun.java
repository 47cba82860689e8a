package io.statefulkit.handle.job;

import java.time.Instant;

/**
 * One run of a schedule.
 *
 * @param job the name of its Job
 * @param scheduled when it was due
 * @param state {@code Complete}, {@code Failed} or {@code Running}
 */
public record CronRun(String job, Instant scheduled, String state) {}
