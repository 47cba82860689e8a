package io.statefulkit.survival;

import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Journal;
import io.statefulkit.survival.ledger.Store;
import io.statefulkit.survival.ledger.StoreException;
import io.statefulkit.survival.report.ReportInput;
import io.statefulkit.survival.report.Surroundings.Fact;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.Verdict;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is made of a run when it is over: its verdict, its report, and the end of its rows.
 *
 * @param subject what it was done to
 * @param options how it was done
 * @param run its name
 * @param directory where its reports are written
 * @param history the file with its history
 */
record Conclusion(Subject subject, SurvivalOptions options, String run, Path directory, Path history) {

    private static final Logger LOG = LoggerFactory.getLogger(Conclusion.class);

    SurvivalResult of(Store store, Journal journal, Notes notes) {
        History happened = journal.history();
        Judge.Result outcome = new Judge(options.requirements()
                        .withAnswersWithin(options.ledger().timeout()))
                .judge(happened, notes.happenings(), notes.doubts(), new Accounting(happened).check());
        cleanUp(store, outcome);
        String workloadName = subject.kind().toString().toLowerCase(Locale.ROOT) + "/" + subject.name();
        long seed = options.ledger().seed();
        ReportInput report = new ReportInput(
                workloadName,
                run,
                seed,
                happened,
                outcome,
                journal.origin(),
                new Neighbourhood(subject)
                        .look()
                        .with(new Fact("ledger", store.keepsAccounts() ? "accounts" : "rows")));
        Path page = new Pages(options.directory()).write(directory, report);
        return new SurvivalResult(workloadName, run, seed, journal.acknowledged(), outcome, history, page);
    }

    /** After a failure the rows stay for whoever looks into it. */
    private static void cleanUp(Store store, Judge.Result outcome) {
        if (outcome.judgement().verdict() == Verdict.SURVIVED) {
            try {
                store.drop();
            } catch (StoreException e) {
                LOG.warn("the rows of a run stay in the database", e);
            }
        }
    }
}
