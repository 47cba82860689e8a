package io.statefulkit.survival;

import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.Happening;
import io.statefulkit.survival.history.Journal;
import io.statefulkit.survival.ledger.Ledger;
import io.statefulkit.survival.ledger.Store;
import io.statefulkit.survival.verdict.Checker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** Does the disruptions of a run one after another, and reads all rows after each, as long as it makes sense to go on. For one thread. */
final class Course {

    private final SurvivalOptions options;
    private final DisruptedWorkload workload;
    private final Store store;
    private final Ledger ledger;
    private final Journal journal;
    private final Notes notes;
    private final Consumer<String> progress;
    private final Traffic traffic;
    private final AtomicBoolean isReadable = new AtomicBoolean(true);

    Course(
            SurvivalOptions options,
            DisruptedWorkload workload,
            Store store,
            Ledger ledger,
            Journal journal,
            Notes notes,
            Consumer<String> progress) {
        this.options = options;
        this.workload = workload;
        this.store = store;
        this.ledger = ledger;
        this.journal = journal;
        this.notes = notes;
        this.progress = progress;
        this.traffic = new Traffic(options, journal, progress);
    }

    void through(List<Disruption> disruptions) {
        for (Disruption disruption : disruptions) {
            if (!through(disruption)) {
                int done = notes.happenings().size();
                if (done < disruptions.size()) {
                    notes.doubt("not done any more: "
                            + disruptions.subList(done, disruptions.size()).stream()
                                    .map(Disruption::name)
                                    .collect(Collectors.joining(", ")));
                }
                return;
            }
        }
    }

    /** Whether what can be read still says something about the database. */
    boolean isReadable() {
        return isReadable.get();
    }

    /** Does one, and says whether it makes sense to go on. */
    private boolean through(Disruption disruption) {
        Happening happening;
        try {
            happening = Happening.of(
                    disruption, workload.during(disruption, journal), () -> traffic.awaitBefore(disruption));
        } catch (ConditionTimeoutException e) {
            notes.doubt(traffic.whyNot(disruption));
            return false;
        }
        notes.happened(happening);
        if (!happening.isRecovered()) {
            progress.accept(disruption.name() + ": the workload did not recover");
            if (disruption.bringsBackAnOlderState()) {
                // Its rows are gone because it took them away: reading that would blame the database for it.
                isReadable.set(false);
                notes.doubt(
                        disruption.name() + " took the data away and did not bring it back: no row was read after it");
                return false;
            }
            tryToRead(Duration.ofSeconds(5));
            return false;
        }
        journal.markRecovered(disruption.name());
        if (disruption instanceof Sabotage sabotage) {
            sabotage.act(store, ledger, journal.history());
        }
        progress.accept(disruption.name() + ": the workload is back, reading all rows");
        if (!tryToRead(options.patience()) || Checker.check(journal.history()).isViolated()) {
            return false;
        }
        return traffic.awaitAfter(disruption);
    }

    private boolean tryToRead(Duration patience) {
        Optional<String> obstacle = new Reading(ledger).once(patience);
        obstacle.ifPresent(reason -> notes.doubt("the rows could not be read: " + reason));
        return obstacle.isEmpty();
    }
}
