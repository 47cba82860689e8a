package io.statefulkit.survival;

import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.power.Powers;
import io.statefulkit.survival.disruption.power.UnmetNeedException;
import io.statefulkit.survival.history.Journal;
import io.statefulkit.survival.ledger.Hazard;
import io.statefulkit.survival.ledger.Ledger;
import io.statefulkit.survival.ledger.Store;
import io.statefulkit.survival.ledger.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one run: writers and readers around a {@link Course} of disruptions, and a {@link Conclusion} at its end. */
final class Run {

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final String HISTORY = "history.jsonl";

    /** To connect and to ask take one at most each; the third is for a machine that is busy. */
    private static final int ANSWERS = 3;

    private final Subject subject;
    private final SurvivalOptions options;
    private final DisruptedWorkload workload;
    private final Consumer<String> progress;
    private final String name = UUID.randomUUID().toString().substring(0, 8);
    private final Notes notes = new Notes();

    Run(Subject subject, SurvivalOptions options, Powers powers, Consumer<String> progress) {
        this.subject = subject;
        this.options = options;
        this.workload = new DisruptedWorkload(subject, powers, options.patience());
        this.progress = progress;
    }

    SurvivalResult execute(List<Disruption> asked) {
        List<Disruption> disruptions =
                asked.stream().flatMap(one -> one.steps().stream()).toList();
        disruptions.forEach(workload::requireNeedsOf);
        boolean restores = disruptions.stream().anyMatch(Disruption::bringsBackAnOlderState);
        Path directory = directory();
        Path history = directory.resolve(HISTORY);
        try (Subject.Connections connections = subject.connect();
                Journal journal = Journal.to(history)) {
            Store store = connections.store(name);
            if (store.keepsAccounts()) {
                requireWhatAccountsBear(restores);
            }
            List<Hazard> hazards = store.prepare();
            List<Hazard> ofWorkload = subject.hazards();
            String identity = store.identity();
            try (Ledger ledger = Ledger.start(store, name, journal, options.ledger())) {
                Course course = new Course(options, workload, store, ledger, journal, notes, progress);
                course.through(disruptions);
                ledger.stop();
                if (course.isReadable()) {
                    readUntilStable(ledger);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                notes.doubt("the run was interrupted");
            } catch (UnmetNeedException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.warn("the run {} was cut off", name, e);
                notes.doubt("the run was cut off: " + e);
            }
            if (!restores) {
                checkIdentity(store, identity);
            }
            notes.doubtHazards(hazards);
            ofWorkload.forEach(hazard -> notes.doubt(hazard.setting()));
            return new Conclusion(subject, options, name, directory, history).of(store, journal, notes);
        }
    }

    /** A row that is gone, and whose transfer is not, would be a transaction that was torn apart. */
    private void requireWhatAccountsBear(boolean restores) {
        if (restores) {
            throw new IllegalArgumentException("accounts cannot be judged when an older state is brought back:"
                    + " do it in a run without keepingAccounts()");
        }
        double deletes = options.ledger().deletes();
        if (deletes > 0) {
            throw new IllegalArgumentException("accounts cannot be judged when rows are deleted, expected"
                    + " deleting(0), got " + deletes + ": do it in a run without keepingAccounts()");
        }
    }

    private void readUntilStable(Ledger ledger) {
        progress.accept("reading all rows");
        new Reading(ledger)
                .untilStable(options.warmUp())
                .ifPresent(reason -> notes.doubt("no two reads at the end showed the same rows: " + reason));
    }

    private void checkIdentity(Store store, String identity) {
        try {
            Duration patience = options.ledger().timeout().multipliedBy(ANSWERS);
            String now = new Identity(store, patience).now();
            if (!now.equals(identity)) {
                notes.doubt("it is another database than at the start: identity " + identity + " -> " + now);
            }
        } catch (StoreException e) {
            notes.doubt("nothing shows that it is the same database as at the start: " + e.getMessage());
        }
    }

    private Path directory() {
        try {
            return Files.createDirectories(options.directory().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make a directory for the run in " + options.directory() + ": " + e, e);
        }
    }
}
