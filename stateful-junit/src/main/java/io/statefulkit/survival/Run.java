package io.statefulkit.survival;

import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.Happening;
import io.statefulkit.survival.disruption.observation.Proof;
import io.statefulkit.survival.disruption.observation.Pulse;
import io.statefulkit.survival.disruption.observation.ServerContainer;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.power.Powers;
import io.statefulkit.survival.disruption.power.UnmetNeedException;
import io.statefulkit.survival.disruption.workload.Phase;
import io.statefulkit.survival.disruption.workload.Workload;
import io.statefulkit.survival.history.Event;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Journal;
import io.statefulkit.survival.ledger.Hazard;
import io.statefulkit.survival.ledger.Ledger;
import io.statefulkit.survival.ledger.Store;
import io.statefulkit.survival.ledger.StoreException;
import io.statefulkit.survival.report.ReportInput;
import io.statefulkit.survival.report.Surroundings.Fact;
import io.statefulkit.survival.verdict.Checker;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one run. */
final class Run {

    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final String HISTORY = "history.jsonl";

    /** To connect and to ask take one at most each; the third is for a machine that is busy. */
    private static final int ANSWERS = 3;

    private final Subject subject;
    private final SurvivalOptions options;
    private final Powers powers;
    private final Consumer<String> progress;
    private final String name = UUID.randomUUID().toString().substring(0, 8);
    private final List<String> doubts = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final AtomicBoolean isReadable = new AtomicBoolean(true);

    Run(Subject subject, SurvivalOptions options, Powers powers, Consumer<String> progress) {
        this.subject = subject;
        this.options = options;
        this.powers = powers;
        this.progress = progress;
    }

    SurvivalResult execute(List<Disruption> asked) {
        List<Disruption> disruptions =
                asked.stream().flatMap(one -> one.steps().stream()).toList();
        disruptions.forEach(this::requireItsNeeds);
        boolean restores = disruptions.stream().anyMatch(Disruption::bringsBackAnOlderState);
        Path directory = directory();
        try (Subject.Connections connections = subject.connect();
                Journal journal = Journal.to(directory.resolve(HISTORY))) {
            Store store = connections.store(name);
            if (store.keepsAccounts()) {
                requireWhatAccountsBear(restores);
            }
            List<Hazard> hazards = store.prepare();
            List<Hazard> ofWorkload = subject.hazards();
            String identity = store.identity();
            try (Ledger ledger = Ledger.start(store, name, journal, options.ledger())) {
                disrupt(disruptions, store, ledger, journal);
                ledger.stop();
                if (isReadable.get()) {
                    readUntilStable(ledger);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                doubts.add("the run was interrupted");
            } catch (UnmetNeedException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.warn("the run {} was cut off", name, e);
                doubts.add("the run was cut off: " + e);
            }
            if (!restores) {
                checkIdentity(store, identity);
            }
            hazards.stream().filter(this::isAtOdds).forEach(this::doubt);
            ofWorkload.forEach(hazard -> doubts.add(hazard.setting()));
            return result(store, journal, directory);
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

    /** What only a kill can take away does not matter in a run in which every server stopped in peace. */
    private boolean isAtOdds(Hazard hazard) {
        return !hazard.onlyWhenKilled()
                || happenings.stream()
                        .flatMap(happening -> happening.proofs().stream())
                        .anyMatch(proof -> proof.death() == Proof.Death.KILLED);
    }

    private void doubt(Hazard hazard) {
        doubts.add("the database acknowledges before data is safe: " + hazard.setting());
    }

    private void requireItsNeeds(Disruption disruption) {
        Set<Capability> missing = new HashSet<>(disruption.requires());
        missing.removeAll(powers.capabilities());
        if (!missing.isEmpty()) {
            throw new UnmetNeedException(disruption.name(), missing, powers.whyNot());
        }
        Workload workload = workload(() -> Pulse.NONE, phase -> {});
        disruption.obstacle(workload).ifPresent(reason -> {
            throw new UnmetNeedException(disruption.name(), workload.ref(), reason);
        });
    }

    private Workload workload(Disruption disruption, Journal journal) {
        return workload(
                () -> new Pulse(journal.quietSinceMark(), journal.refusedSinceMark(), journal.acknowledgedSinceMark()),
                phase -> journal.mark(Event.Stage.valueOf(phase.name()), disruption.name()));
    }

    private Workload workload(Supplier<Pulse> pulse, Consumer<Phase> phases) {
        return new Workload(
                subject.client(),
                new WorkloadRef(subject.kind(), subject.namespace(), subject.name()),
                new ServerContainer(subject.container()),
                powers,
                options.patience(),
                pulse,
                phases);
    }

    private SurvivalResult result(Store store, Journal journal, Path directory) {
        History history = journal.history();
        Judge.Result outcome = new Judge(options.requirements()
                        .withAnswersWithin(options.ledger().timeout()))
                .judge(history, happenings, doubts, new Accounting(history).check());
        cleanUp(store, outcome);
        String workloadName = subject.kind().toString().toLowerCase(Locale.ROOT) + "/" + subject.name();
        long seed = options.ledger().seed();
        ReportInput report = new ReportInput(
                workloadName,
                name,
                seed,
                history,
                outcome,
                journal.origin(),
                new Neighbourhood(subject)
                        .look()
                        .with(new Fact("ledger", store.keepsAccounts() ? "accounts" : "rows")));
        Path page = new Pages(options.directory()).write(directory, report);
        return new SurvivalResult(
                workloadName, name, seed, journal.acknowledged(), outcome, directory.resolve(HISTORY), page);
    }

    private void disrupt(List<Disruption> disruptions, Store store, Ledger ledger, Journal journal) {
        for (Disruption disruption : disruptions) {
            if (!disrupt(disruption, store, ledger, journal)) {
                int done = happenings.size();
                if (done < disruptions.size()) {
                    doubts.add("not done any more: "
                            + disruptions.subList(done, disruptions.size()).stream()
                                    .map(Disruption::name)
                                    .collect(Collectors.joining(", ")));
                }
                return;
            }
        }
    }

    /** Does one, and says whether it makes sense to go on. */
    private boolean disrupt(Disruption disruption, Store store, Ledger ledger, Journal journal) {
        Happening happening;
        try {
            happening = Happening.of(
                    disruption,
                    workload(disruption, journal),
                    () -> traffic(journal).awaitBefore(disruption));
        } catch (ConditionTimeoutException e) {
            doubts.add(traffic(journal).whyNot(disruption));
            return false;
        }
        happenings.add(happening);
        if (!happening.isRecovered()) {
            progress.accept(disruption.name() + ": the workload did not recover");
            if (disruption.bringsBackAnOlderState()) {
                // Its rows are gone because it took them away: reading that would blame the database for it.
                isReadable.set(false);
                doubts.add(
                        disruption.name() + " took the data away and did not bring it back: no row was read after it");
                return false;
            }
            tryToRead(ledger, Duration.ofSeconds(5));
            return false;
        }
        journal.markRecovered(disruption.name());
        if (disruption instanceof Sabotage sabotage) {
            sabotage.act(store, ledger, journal.history());
        }
        progress.accept(disruption.name() + ": the workload is back, reading all rows");
        if (!tryToRead(ledger, options.patience())
                || Checker.check(journal.history()).isViolated()) {
            return false;
        }
        return traffic(journal).awaitAfter(disruption);
    }

    private Traffic traffic(Journal journal) {
        return new Traffic(options, journal, progress);
    }

    private boolean tryToRead(Ledger ledger, Duration patience) {
        Optional<String> obstacle = new Reading(ledger).once(patience);
        obstacle.ifPresent(reason -> doubts.add("the rows could not be read: " + reason));
        return obstacle.isEmpty();
    }

    private void readUntilStable(Ledger ledger) {
        progress.accept("reading all rows");
        new Reading(ledger)
                .untilStable(options.warmUp())
                .ifPresent(reason -> doubts.add("no two reads at the end showed the same rows: " + reason));
    }

    private void checkIdentity(Store store, String identity) {
        try {
            Duration patience = options.ledger().timeout().multipliedBy(ANSWERS);
            String now = new Identity(store, patience).now();
            if (!now.equals(identity)) {
                doubts.add("it is another database than at the start: identity " + identity + " -> " + now);
            }
        } catch (StoreException e) {
            doubts.add("nothing shows that it is the same database as at the start: " + e.getMessage());
        }
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

    private Path directory() {
        try {
            return Files.createDirectories(options.directory().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make a directory for the run in " + options.directory() + ": " + e, e);
        }
    }
}
