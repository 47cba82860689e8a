package io.statefulkit.survival.report;

import io.statefulkit.survival.history.History;
import io.statefulkit.survival.verdict.Judge;

/**
 * What a report is made of.
 *
 * @param subject the workload
 * @param run the name of the run
 * @param seed what the content of the rows was derived from
 * @param history all that happened
 * @param result what it showed
 * @param origin the time of {@link System#nanoTime()} at which the history begins: what was seen of pods is told by that clock
 * @param surroundings what else is known
 */
public record ReportInput(
        String subject,
        String run,
        long seed,
        History history,
        Judge.Result result,
        long origin,
        Surroundings surroundings) {}
