package io.statefulkit.survival.ledger;

import static io.statefulkit.survival.testing.Scenes.changed;
import static io.statefulkit.survival.testing.Scenes.deleted;
import static io.statefulkit.survival.testing.Scenes.ended;
import static io.statefulkit.survival.testing.Scenes.observation;
import static io.statefulkit.survival.testing.Scenes.pod;
import static io.statefulkit.survival.testing.Scenes.restarted;
import static io.statefulkit.survival.testing.Scenes.withClaim;
import static io.statefulkit.survival.testing.Scenes.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.Disruptions;
import io.statefulkit.survival.disruption.Happening;
import io.statefulkit.survival.disruption.observation.ClaimState;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.Event;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Moment;
import io.statefulkit.survival.history.Outcome;
import io.statefulkit.survival.testing.Scenes;
import io.statefulkit.survival.testing.Story;
import io.statefulkit.survival.verdict.Checker;
import io.statefulkit.survival.verdict.ElementClass;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.Judgement;
import io.statefulkit.survival.verdict.Outage;
import io.statefulkit.survival.verdict.Requirements;
import io.statefulkit.survival.verdict.Verdict;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** The ways in which a test of survival passes although it has shown nothing, each planted and found. */
class TrapsTest {

    private static final Judge JUDGE = new Judge(Requirements.defaults());

    private final PodState old = pod(0, "a");
    private final Snapshot before = workload("rev-1", old);
    private final Snapshot replaced = workload("rev-1", pod(0, "b"));
    private final Observation nothing = observation(before, before);

    @TestFactory
    Stream<DynamicTest> traps() {
        return Stream.of(
                trap(
                        "T1 a pod that goes is still counted as ready",
                        () -> assertThat(workload("rev-1", goingAndReady()).isSettled())
                                .isFalse()),
                trap("T2 the name is there, and the pod is the same", () -> unmet(Disruptions.deletePod(), nothing)),
                trap(
                        "T3 the name was never absent",
                        () -> met(
                                Disruptions.deletePod(),
                                observation(before, replaced, changed(ended(old, 0)), deleted(ended(old, 0))))),
                trap(
                        "T4 every acknowledgement came from one server",
                        () -> inconclusive(sameServer(), "the same server answered before and after deletePod(0)")),
                trap(
                        "T5 the read was answered by the server of before",
                        () -> inconclusive(
                                staleRead(), "the rows were read from a server that ran before deletePod(0): A")),
                trap("T6 the number of rows is right by chance", this::rightNumberOfWrongRows),
                trap(
                        "T7 rows of an earlier run",
                        () -> inconclusive(run().read("w0#1..150", "", 3), "3 rows of another run are in the ledger")),
                trap(
                        "T8 the content is not what was written",
                        () -> assertThat(judgement(run().read("w0#1..150", "w0#7", 0))
                                        .verdict())
                                .isEqualTo(Verdict.VIOLATED)),
                trap(
                        "T9 the statement changed nothing",
                        () -> assertThat(write(new Commit(0, null, null)))
                                .isEqualTo(new Reply(Outcome.FAIL, "changed 0 rows, expected 1"))),
                trap(
                        "T9 the answer to the commit is lost",
                        () -> assertThat(write(new Commit(1, new SQLException("I/O error", "08006"), null))
                                        .outcome())
                                .isEqualTo(Outcome.INFO)),
                trap(
                        "T10 the commit warns that it was given up half-way",
                        () -> assertThat(write(new Commit(1, null, new SQLWarning("canceling wait", "01000")))
                                        .outcome())
                                .isEqualTo(Outcome.INFO)),
                trap(
                        "T11 a driver repeated a command whose answer was lost",
                        () -> violated(run().info("w1#1").read("w0#1..150 w1#1,1"), "1 row there more often than")),
                trap("T11 one that was refused, and went through the second time", this::refusedAndRepeated),
                trap(
                        "T12 a setting contradicts the claim",
                        () -> assertThat(JUDGE.judge(
                                                run().read("w0#1..150").history(),
                                                List.of(Scenes.deletion("deletePod(0)")),
                                                List.of("fsync = off"))
                                        .judgement())
                                .isEqualTo(new Judgement(Verdict.INCONCLUSIVE, List.of("fsync = off")))),
                trap("T13 the data is beside the volume, and gone with the pod", this::dataBesideTheVolume),
                trap(
                        "T14 the claim is another one",
                        () -> unmet(
                                Disruptions.deletePod(),
                                observation(
                                        before,
                                        withClaim(replaced, new ClaimState("other", "pv-0", "pv-uid-0")),
                                        changed(ended(old, 0)),
                                        deleted(ended(old, 0))))),
                trap(
                        "T15 nobody wrote",
                        () -> inconclusive(
                                idle(), "only 5 rows were acknowledged before deletePod(0), expected at least 100")),
                trap(
                        "T16 the server stopped by itself",
                        () -> unmet(
                                Disruptions.crashProcess(), observation(before, workload("rev-1", restarted(old, 0))))),
                trap(
                        "T17 the change was taken back or never made",
                        () -> Stream.of(
                                        Disruptions.scale(1, 0, 1),
                                        Disruptions.rolloutRestart(),
                                        Disruptions.evictPod(),
                                        Disruptions.drainNode(),
                                        Disruptions.hibernateAndWake(),
                                        Disruptions.recreateWorkload(),
                                        Disruptions.upgradeImage("other"))
                                .forEach(disruption -> unmet(disruption, nothing))),
                trap(
                        "T18 the last read began before the last acknowledgement",
                        () -> inconclusive(
                                run().read("w0#1..150").ok("w3#1"), "1 acknowledged rows were never read: w3#1")),
                trap("T19 the writers stood still, and not the database", this::writersThatStandStill),
                trap("T20 clocks stand still or go back", this::clocksDoNotMatter),
                trap(
                        "T21 a call hangs for good, so that nothing fails any more",
                        () -> inconclusive(
                                run().begin("w1#1").read("w0#1..150"), "1 operation hangs and could not be given up")),
                trap(
                        "T21 what hung is acknowledged by nobody, and gone after it was seen",
                        () -> violated(
                                run().info("w1#1").read("w0#1..150 w1#1").read("w0#1..150"),
                                "1 row acknowledged or seen, and gone: w1#1")),
                trap(
                        "T22 right after a node's crash its pods look as before",
                        () -> unmet(Disruptions.crashNode(), nothing)));
    }

    /** Nobody can add a trap to the list and forget to plant it. */
    @Test
    void every_trap_is_planted() {
        assertThat(traps().map(test -> test.getDisplayName().split(" ", 2)[0]).distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 22).mapToObj(i -> "T" + i).toList());
    }

    private static DynamicTest trap(String name, Executable planted) {
        return dynamicTest(name, planted);
    }

    private PodState goingAndReady() {
        return new PodState("orders-0", "a", "containerd://a", 0, old.exitCode(), "rev-1", true, true);
    }

    private static void unmet(Disruption disruption, Observation seen) {
        assertThat(disruption.evidence(seen)).as(disruption.name()).anyMatch(evidence -> !evidence.met());
    }

    private static void met(Disruption disruption, Observation seen) {
        assertThat(disruption.evidence(seen)).as(disruption.name()).allMatch(Evidence::met);
    }

    private static Story run() {
        return new Story()
                .many(1, 100)
                .injected("deletePod(0)")
                .server("B")
                .recovered("deletePod(0)")
                .many(101, 150);
    }

    private static Story sameServer() {
        return new Story()
                .many(1, 100)
                .injected("deletePod(0)")
                .recovered("deletePod(0)")
                .many(101, 150)
                .server("B")
                .read("w0#1..150");
    }

    private static Story staleRead() {
        return run().server("A").read("w0#1..150");
    }

    private static Story idle() {
        return new Story()
                .many(1, 5)
                .injected("deletePod(0)")
                .server("B")
                .recovered("deletePod(0)")
                .many(6, 60)
                .read("w0#1..60");
    }

    private static Judgement judgement(Story story) {
        Happening deletion = Scenes.deletion("deletePod(0)");
        return JUDGE.judge(story.history(), List.of(deletion), List.of()).judgement();
    }

    private static void violated(Story story, String reason) {
        Judgement judgement = judgement(story);
        assertThat(judgement.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judgement.reasons()).anyMatch(each -> each.startsWith(reason));
    }

    private void refusedAndRepeated() {
        violated(run().fail("w1#1").read("w0#1..150 w1#1"), "1 row refused and there: w1#1");
    }

    /** It is there as long as the pod is, and the claim is there all the time. */
    private void dataBesideTheVolume() {
        violated(run().read("w0#101..150"), "100 rows acknowledged or seen, and gone: w0#1..100; 100 missing since");
        assertThat(replaced.claims()).isEqualTo(before.claims());
    }

    private static void inconclusive(Story story, String reason) {
        Judgement judgement = judgement(story);
        assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judgement.reasons()).singleElement().asString().startsWith(reason);
    }

    /** One that was acknowledged is gone, one that nobody knew of is there. */
    private void rightNumberOfWrongRows() {
        History history = run().info("w1#1").read("w0#1..149 w1#1").history();

        assertThat(history.acknowledged().count())
                .isEqualTo(history.readings().get(0).present().size());
        assertThat(Checker.check(history).of(ElementClass.LOST)).hasToString("w0#150");
    }

    /** An outage in which nobody tried anything is told apart from one in which all were refused. */
    private void writersThatStandStill() {
        Duration minute = Duration.ofMinutes(1);
        Story still = crashed().pause(minute);
        Story refused = crashed();
        for (int i = 1; i <= 12; i++) {
            refused.pause(minute.dividedBy(12)).fail("w1#" + i);
        }

        assertThat(outage(still).isClientLimited()).isTrue();
        assertThat(outage(refused).isClientLimited()).isFalse();
        assertThat(outage(refused).length()).isGreaterThanOrEqualTo(minute);
    }

    private static Story crashed() {
        return new Story().many(1, 100).injected("crash");
    }

    private static Outage outage(Story story) {
        History history = story.server("B")
                .many(101, 150)
                .recovered("crash")
                .many(151, 200)
                .read("w0#1..200")
                .history();
        return new Judge(Requirements.defaults())
                .judge(history, List.of(Scenes.deletion("crash")), List.of())
                .steps()
                .get(0)
                .outage();
    }

    /** Events tell their order by their index. */
    private void clocksDoNotMatter() {
        Element element = new Element(0, 1);
        History history = History.of(List.of(
                new Event.Begun(new Moment(0, 900), Event.Action.WRITE, element),
                new Event.Ended(new Moment(1, 800), 0, Outcome.OK, "A", ""),
                new Event.ReadBegun(new Moment(2, 100)),
                new Event.ReadEnded(new Moment(3, 100), 2, "A", Elements.none(), Elements.none(), 0)));

        assertThat(Checker.check(history).of(ElementClass.LOST)).hasToString("w0#1");
    }

    /** How a fake database answers: how many rows a statement changes, and what comes of the commit. */
    private record Commit(
            int rows,
            @Nullable SQLException error,
            @Nullable SQLWarning warning) {}

    private static Reply write(Commit commit) {
        AtomicInteger commits = new AtomicInteger();
        ResultSet one = fake(ResultSet.class, method -> method.equals("next") ? true : "A");
        Statement query = fake(Statement.class, method -> one);
        PreparedStatement insert = fake(PreparedStatement.class, method -> commit.rows());
        Connection connection = fake(Connection.class, method -> switch (method) {
            case "createStatement" -> query;
            case "prepareStatement" -> insert;
            case "getWarnings" -> commit.warning();
            // The first commit ends the question who answers.
            case "commit" -> commits.incrementAndGet() > 1 ? commit.error() : null;
            default -> null;
        });
        try (Session session = JdbcStore.postgres(fake(DataSource.class, method -> connection), "run1")
                .open()) {
            return session.write(new Element(0, 1), "x");
        }
    }

    /** Answers each method with what is given for its name; an exception is thrown. */
    private static <T> T fake(Class<T> type, Function<String, @Nullable Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer = answers.apply(method.getName());
                    if (answer instanceof SQLException error && method.getReturnType() == void.class) {
                        throw error;
                    }
                    return method.getReturnType() == void.class ? null : answer;
                }));
    }
}
