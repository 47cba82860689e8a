package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.statefulkit.survival.LedgerKind;
import io.statefulkit.survival.Sabotage;
import io.statefulkit.survival.SurvivalResult;
import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.power.UnmetNeedException;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.verdict.ElementClass;
import io.statefulkit.survival.verdict.Findings;
import io.statefulkit.survival.verdict.Judge;
import io.statefulkit.survival.verdict.Judgement;
import io.statefulkit.survival.verdict.Verdict;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class DisruptionTestTest {

    private static EngineExecutionResults run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .configurationParameter("statefulkit.seed", "7f3a")
                .execute();
    }

    private static List<String> names(EngineExecutionResults results) {
        return results.testEvents().started().stream()
                .map(Event::getTestDescriptor)
                .map(descriptor -> descriptor.getDisplayName().replaceAll("seed [0-9a-f]+", "seed …"))
                .toList();
    }

    private static SurvivalResult result(Verdict verdict, String reason) {
        Findings findings = new Findings(Map.of(ElementClass.LOST, Elements.of(new Element(0, 1))), Elements.none(), 0);
        return new SurvivalResult(
                "statefulset/orders",
                "0a1b",
                7,
                100,
                new Judge.Result(new Judgement(verdict, List.of(reason)), findings, List.of()),
                Path.of("history.jsonl"),
                Path.of("survival.html"));
    }

    private static void judge(Verdict verdict, String reason) {
        StatefulAssertions.assertThat(result(verdict, reason)).survived();
    }

    /** What failed here must not come first when somebody else looks. */
    @AfterEach
    void forget() {
        FailedSeeds.here().passed(MatrixCases.class.getName() + "#loses: crashProcess(0)");
        FailedSeeds.here().passed(MatrixCases.class.getName() + "#has_a_fault_of_its_own: crashProcess(0)");
        FailedSeeds.here().passed(MatrixCases.class.getName() + "#shows_nothing: deletePod(0)");
    }

    @Test
    void a_test_runs_once_for_each_disruption_and_repetition() {
        EngineExecutionResults results = run(RepeatedCases.class);

        results.testEvents().assertStatistics(all -> all.started(4).succeeded(4));
        assertThat(names(results))
                .containsExactly(
                        "[1] deletePod(0), run 1/2, seed …",
                        "[2] deletePod(0), run 2/2, seed …",
                        "[3] rolloutRestart, run 1/2, seed …",
                        "[4] rolloutRestart, run 2/2, seed …");
    }

    private static EngineExecutionResults replay(Path plan) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(RepeatedCases.class))
                .configurationParameter("statefulkit.replay", plan.toString())
                .execute();
    }

    @Test
    void a_plan_is_written_and_done_again_as_it_was(@TempDir Path directory) throws IOException {
        String test = RepeatedCases.class.getName() + "#counts";
        List<String> before = run(RepeatedCases.class).testEvents().started().stream()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
        List<DisruptionCell> written = MatrixPlan.here().of(test).orElseThrow();
        assertThat(IntStream.range(0, written.size())
                        .mapToObj(i -> written.get(i).displayName(i + 1)))
                .containsExactlyElementsOf(before);

        Path file = directory.resolve("plan.json");
        DisruptionCell last = written.get(3);
        new MatrixPlan(file).write(test, List.of(last, written.get(0)));
        new MatrixPlan(file).write("another#test", written);
        assertThat(replay(file).testEvents().started().stream()
                        .map(event -> event.getTestDescriptor().getDisplayName()))
                .containsExactly(last.displayName(1), written.get(0).displayName(2));
    }

    @Test
    void a_plan_that_cannot_be_done_is_refused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("plan.json");
        String test = RepeatedCases.class.getName() + "#counts";
        assertThatThrownBy(() -> new MatrixPlan(file).of(test)).hasMessage("the plan " + file + " cannot be read");

        Files.writeString(
                file,
                "{\"version\": 1, \"tests\": {\"" + test
                        + "\": [{\"disruption\": \"unplug\", \"ledger\": \"ROWS\", \"seed\": \"1\"}]}}");
        replay(file)
                .allEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        finishedWithFailure(message("the plan " + file + " says what cannot be done in " + test
                                + ": there is no disruption 'unplug'")));
        assertThat(new MatrixPlan(file).of("another#test")).isEmpty();
    }

    @Test
    void what_failed_the_last_time_comes_first_with_its_seed() {
        String id = RepeatedCases.class.getName() + "#counts: rolloutRestart, run 2/2";
        FailedSeeds.here().failed(id, 0xabc);

        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(RepeatedCases.class))
                .execute();

        assertThat(results.testEvents()
                        .started()
                        .list()
                        .get(0)
                        .getTestDescriptor()
                        .getDisplayName())
                .isEqualTo("[1] rolloutRestart, run 2/2, seed abc");
        assertThat(FailedSeeds.here().of(id))
                .as("the seed of a test that passed")
                .isEmpty();
    }

    @Test
    void each_disruption_is_tried_with_each_ledger_and_those_of_nodes_come_last() {
        EngineExecutionResults results = run(LedgerCases.class);

        results.testEvents().assertStatistics(all -> all.started(4).succeeded(4));
        assertThat(names(results))
                .containsExactly(
                        "[1] deletePod(0), seed …",
                        "[2] deletePod(0) x accounts, seed …",
                        "[3] drainNode(0), seed …",
                        "[4] drainNode(0) x accounts, seed …");
    }

    @Test
    void seeds_of_tests_that_fail_at_the_same_time_are_all_kept(@TempDir Path directory) throws Exception {
        FailedSeeds seeds = new FailedSeeds(directory.resolve("failures.json"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int seed = i;
                done.add(threads.submit(() -> seeds.failed("test " + seed, seed)));
            }
            for (Future<?> each : done) {
                assertThat(each.get(60, TimeUnit.SECONDS)).isNull();
            }
        } finally {
            threads.shutdownNow();
        }

        for (int i = 0; i < 40; i++) {
            assertThat(seeds.of("test " + i)).isEqualTo(OptionalLong.of(i));
        }
    }

    @Test
    void what_a_run_without_a_verdict_shows_is_no_conclusion() {
        assertThatThrownBy(() -> StatefulAssertions.assertThat(result(Verdict.INCONCLUSIVE, "nothing happened"))
                        .wasConclusive())
                .isInstanceOf(SurvivalError.class)
                .hasMessageStartingWith("expected SURVIVED or VIOLATED, but statefulset/orders: INCONCLUSIVE");
        StatefulAssertions.assertThat(result(Verdict.VIOLATED, "1 row is gone")).wasConclusive();
    }

    @Test
    void what_a_cluster_cannot_do_is_aborted_and_what_loses_data_fails() {
        run(MatrixCases.class)
                .testEvents()
                .assertStatistics(all -> all.started(5).succeeded(0).aborted(2).failed(3));
    }

    @Test
    void a_self_check_passes_only_if_the_fault_was_found() {
        run(SelfCheckCases.class)
                .testEvents()
                .assertStatistics(all -> all.started(4).succeeded(2).failed(2));
    }

    @Test
    void a_self_check_of_a_node_runs_alone_like_any_disruption_of_it() throws NoSuchMethodException {
        assertThat(turnOf("shakes_a_pod")).isEqualTo(new NodeTurn(false));
        assertThat(turnOf("shakes_a_node")).isEqualTo(new NodeTurn(true));
    }

    private static NodeTurn turnOf(String method) throws NoSuchMethodException {
        Method test = Shaken.class.getDeclaredMethod(method, Disruption.class);
        ExtensionContext context = (ExtensionContext) Proxy.newProxyInstance(
                ExtensionContext.class.getClassLoader(),
                new Class<?>[] {ExtensionContext.class},
                (proxy, called, arguments) -> called.getName().equals("getElement") ? Optional.of(test) : null);
        return new SelfChecks()
                .provideTestTemplateInvocationContexts(context)
                .flatMap(one -> one.getAdditionalExtensions().stream())
                .filter(NodeTurn.class::isInstance)
                .map(NodeTurn.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_seed_is_kept_until_its_test_passes(@TempDir Path directory) {
        FailedSeeds seeds = new FailedSeeds(directory.resolve("a").resolve("failures.json"));

        assertThat(seeds.of("test")).isEmpty();
        seeds.failed("test", -2);
        seeds.failed("other", 3);
        assertThat(seeds.of("test")).isEqualTo(OptionalLong.of(-2));
        seeds.passed("test");
        seeds.passed("test");
        assertThat(seeds.of("test")).isEmpty();
        assertThat(seeds.of("other")).isEqualTo(OptionalLong.of(3));
    }

    @Test
    void soft_assertions_tell_all_that_is_wrong() {
        StatefulSoftAssertions softly = new StatefulSoftAssertions();
        softly.assertThat(result(Verdict.VIOLATED, "1 row is gone"))
                .as("after a crash")
                .survived()
                .lostNothingAcknowledged()
                .hasNoDuplicates();

        assertThatThrownBy(softly::assertAll)
                .hasMessageContaining("[after a crash] expected SURVIVED, but statefulset/orders: VIOLATED")
                .hasMessageContaining("expected at most 0 lost rows")
                .hasMessageNotContaining("there more often");
    }

    static class RepeatedCases {

        @DisruptionTest(
                value = {Disrupt.DELETE_POD, Disrupt.ROLLOUT_RESTART},
                repeat = 2)
        void counts(DisruptionCell cell, Disruption disruption) {
            assertThat(cell.disruption()).isSameAs(disruption);
            assertThat(cell.of()).isEqualTo(2);
        }
    }

    static class LedgerCases {

        @DisruptionTest(
                value = {Disrupt.DRAIN_NODE, Disrupt.DELETE_POD},
                ledgers = {LedgerKind.ROWS, LedgerKind.ACCOUNTS})
        void takes_a_cell(DisruptionCell cell) {
            assertThat(cell.ledger()).isIn(LedgerKind.ROWS, LedgerKind.ACCOUNTS);
        }
    }

    static class MatrixCases {

        @DisruptionTest(Disrupt.CRASH_PROCESS)
        void cannot_be(DisruptionCell cell) {
            throw new UnmetNeedException("nobody can kill here");
        }

        @DisruptionTest(Disrupt.CRASH_PROCESS)
        void has_a_fault_of_its_own(DisruptionCell cell) {
            List.of().add(cell);
        }

        @DisruptionTest(Disrupt.CRASH_PROCESS)
        void loses(DisruptionCell cell) {
            judge(Verdict.VIOLATED, "1 row is gone");
        }

        @DisruptionTest(Disrupt.DELETE_POD)
        void shows_nothing(DisruptionCell cell) {
            judge(Verdict.INCONCLUSIVE, "nothing happened");
        }

        @DisruptionTest(value = Disrupt.DELETE_POD, inconclusive = DisruptionTest.Inconclusive.ABORT)
        void may_show_nothing(DisruptionCell cell) {
            judge(Verdict.INCONCLUSIVE, "nothing happened");
        }
    }

    static class Shaken {

        @SelfCheck
        void shakes_a_pod(Disruption sabotage) {
            assertThat(sabotage.name()).isNotEmpty();
        }

        @SelfCheck(during = Disrupt.CRASH_NODE)
        void shakes_a_node(Disruption sabotage) {
            assertThat(sabotage.name()).isNotEmpty();
        }
    }

    static class SelfCheckCases {

        @SelfCheck({Sabotage.Kind.LOSE_ROW, Sabotage.Kind.SKIP})
        void is_found(Disruption sabotage) {
            if (sabotage.name().contains("LOSE_ROW")) {
                judge(Verdict.VIOLATED, "1 row " + ElementClass.LOST.meaning() + ": w0#1");
            } else {
                judge(Verdict.INCONCLUSIVE, "deletePod(0) did not happen as it must: …");
            }
        }

        @SelfCheck
        void is_not_found(Disruption sabotage) {
            assertThat(sabotage.name()).isNotEmpty();
        }

        @SelfCheck
        void fails_for_another_reason(Disruption sabotage) {
            judge(Verdict.VIOLATED, "1 row " + ElementClass.DUPLICATED.meaning());
        }
    }
}
