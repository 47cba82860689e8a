package io.statefulkit.survival;

import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.Disruptions;
import io.statefulkit.survival.disruption.Target;
import io.statefulkit.survival.disruption.Trigger;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.workload.Workload;
import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Outcome;
import io.statefulkit.survival.ledger.Ledger;
import io.statefulkit.survival.ledger.Reply;
import io.statefulkit.survival.ledger.Row;
import io.statefulkit.survival.ledger.Session;
import io.statefulkit.survival.ledger.Store;
import io.statefulkit.survival.verdict.ElementClass;
import io.statefulkit.survival.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A disruption whose run is made to go wrong on purpose, to see that the tests would notice: a test that has never been seen to fail may
 * not be able to. Most faults are planted behind the back of the ledger when the workload is back, by the way the ledger goes as well, so
 * that they do not depend on the kind of database.
 *
 * <pre>{@code
 * SurvivalResult result = Survival.of(database).through(Sabotage.losingRow(deletePod()));
 * // VIOLATED: 1 row acknowledged or seen, and gone
 * }</pre>
 */
public final class Sabotage implements Disruption {

    private static final Duration SKIPPED = Duration.ofSeconds(5);

    private final Kind kind;
    private final Disruption cover;

    private Sabotage(Kind kind, Disruption cover) {
        this.kind = kind;
        this.cover = cover;
    }

    /** The faults there are. */
    public enum Kind {
        /** Deletes an acknowledged row. */
        LOSE_ROW(Verdict.VIOLATED, ElementClass.LOST.meaning()),
        /** Writes an acknowledged row once more. */
        REPEAT_ROW(Verdict.VIOLATED, ElementClass.DUPLICATED.meaning()),
        /** Writes an acknowledged row with other content in its place. */
        CHANGE_ROW(Verdict.VIOLATED, ElementClass.CORRUPTED.meaning()),
        /** Writes a row that nobody was to write. */
        INVENT_ROW(Verdict.VIOLATED, ElementClass.UNEXPECTED.meaning()),
        /** Writes a row again whose deletion was acknowledged; the run has to delete some. */
        RESURRECT_ROW(Verdict.VIOLATED, ElementClass.RESURRECTED.meaning()),
        /** Does nothing to the pods. */
        SKIP(Verdict.INCONCLUSIVE, "did not happen as it must");

        private final Verdict verdict;
        private final String sign;

        Kind(Verdict verdict, String sign) {
            this.verdict = verdict;
            this.sign = sign;
        }

        /** The verdict that it must lead to. */
        public Verdict verdict() {
            return verdict;
        }

        /** Words that a reason of that verdict has to contain. */
        public String sign() {
            return sign;
        }
    }

    /** This fault in a run of this disruption. */
    public static Sabotage of(Kind kind, Disruption cover) {
        return new Sabotage(kind, cover);
    }

    /** A deleted pod, and an acknowledged row that is deleted by somebody else. */
    public static Sabotage losingRow() {
        return losingRow(Disruptions.deletePod());
    }

    /** This disruption, and an acknowledged row that is deleted by somebody else. */
    public static Sabotage losingRow(Disruption cover) {
        return of(Kind.LOSE_ROW, cover);
    }

    /** What it does. */
    public Kind kind() {
        return kind;
    }

    /** Whether a run has found it: the verdict is the one that it has to be, for the reason that it has to have. */
    public boolean isFoundBy(SurvivalResult result) {
        return result.verdict() == kind.verdict()
                && result.reasons().stream().anyMatch(reason -> reason.contains(kind.sign()));
    }

    @Override
    public String name() {
        return cover.name() + " with sabotage " + kind;
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        if (kind != Kind.SKIP) {
            cover.inject(workload, before);
        }
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        return cover.evidence(seen);
    }

    @Override
    public boolean restartsServers() {
        return cover.restartsServers();
    }

    @Override
    public boolean putsDataAtRisk() {
        return cover.putsDataAtRisk();
    }

    @Override
    public boolean bringsBackAnOlderState() {
        return cover.bringsBackAnOlderState();
    }

    @Override
    public Set<Capability> requires() {
        return cover.requires();
    }

    @Override
    public Optional<String> obstacle(Workload workload) {
        return cover.obstacle(workload);
    }

    @Override
    public Trigger trigger() {
        return cover.trigger();
    }

    /** Of several disruptions, the last one is made to go wrong. */
    @Override
    public List<Disruption> steps() {
        List<Disruption> steps = new ArrayList<>(cover.steps());
        int last = steps.size() - 1;
        steps.set(last, of(kind, steps.get(last)));
        return List.copyOf(steps);
    }

    @Override
    public Disruption on(Target target) {
        return of(kind, cover.on(target));
    }

    @Override
    public Disruption when(Trigger trigger) {
        return of(kind, cover.when(trigger));
    }

    @Override
    public Disruption recoveringWithin(Duration limit) {
        return of(kind, cover.recoveringWithin(limit));
    }

    /** What was not done will not be seen, however long one waits. */
    @Override
    public Duration patience(Duration usual) {
        Duration patience = cover.patience(usual);
        return kind == Kind.SKIP && patience.compareTo(SKIPPED) > 0 ? SKIPPED : patience;
    }

    /** Plants the fault; called when the workload is back. */
    void act(Store store, Ledger ledger, History history) {
        if (kind == Kind.SKIP) {
            return;
        }
        try (Session session = store.open()) {
            for (Reply reply : act(session, ledger, history)) {
                if (reply.outcome() != Outcome.OK) {
                    throw new IllegalStateException(kind + " did not work: " + reply.note());
                }
            }
        }
    }

    private List<Reply> act(Session session, Ledger ledger, History history) {
        Element row = kind == Kind.RESURRECT_ROW ? deleted(history) : acknowledged(session, history);
        String content = ledger.contentOf(row);
        return switch (kind) {
            case LOSE_ROW -> List.of(session.delete(row));
            case REPEAT_ROW, RESURRECT_ROW -> List.of(session.write(row, content));
            case CHANGE_ROW -> List.of(session.delete(row), session.write(row, "sabotage"));
            case INVENT_ROW -> List.of(session.write(new Element(row.writer(), Integer.MAX_VALUE), content));
            case SKIP -> List.of();
        };
    }

    /** The newest row that is there: no writer is about to delete it. */
    private static Element acknowledged(Session session, History history) {
        Elements present = Elements.of(session.read().stream().map(Row::element).toList());
        return history.acknowledged()
                .map(Attempt::element)
                .filter(present::contains)
                .reduce((first, last) -> last)
                .orElseThrow(() -> new IllegalStateException("there is no row to do anything to"));
    }

    private static Element deleted(History history) {
        return history.deletes().stream()
                .filter(Attempt::isAcknowledged)
                .map(Attempt::element)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no row was deleted that could come back; let the run delete some: Survival.deleting"));
    }
}
