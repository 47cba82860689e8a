package io.statefulkit.survival;

import io.statefulkit.survival.ledger.LedgerOptions;
import io.statefulkit.survival.verdict.Requirements;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a run is done.
 *
 * @param ledger how rows are written
 * @param requirements how much must have been written so that a loss would have shown
 * @param warmUp how long to wait at most until so much is written
 * @param patience how long the workload may take to recover from one disruption
 * @param directory where each run makes a directory for its history and its reports
 */
record SurvivalOptions(
        LedgerOptions ledger, Requirements requirements, Duration warmUp, Duration patience, Path directory) {

    static SurvivalOptions defaults(long seed) {
        return new SurvivalOptions(
                LedgerOptions.defaults(seed),
                Requirements.defaults(),
                Duration.ofMinutes(2),
                Duration.ofMinutes(2),
                Reports.directory());
    }

    SurvivalOptions withLedger(LedgerOptions changed) {
        return new SurvivalOptions(changed, requirements, warmUp, patience, directory);
    }

    SurvivalOptions withRequirements(Requirements changed) {
        return new SurvivalOptions(ledger, changed, warmUp, patience, directory);
    }

    SurvivalOptions withPatience(Duration changed) {
        return new SurvivalOptions(ledger, requirements, warmUp, changed, directory);
    }

    SurvivalOptions withDirectory(Path changed) {
        return new SurvivalOptions(ledger, requirements, warmUp, patience, changed);
    }
}
