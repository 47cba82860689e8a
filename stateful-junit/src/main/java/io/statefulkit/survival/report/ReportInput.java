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
 */
public record ReportInput(String subject, String run, long seed, History history, Judge.Result result) {}
