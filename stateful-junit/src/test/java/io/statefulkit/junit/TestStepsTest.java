package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.statefulkit.junit.StatefulCluster.Info;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a test tells of itself and what it opens. */
class TestStepsTest {

    @AutoClose
    private final FakeRun run = new FakeRun();

    /** How deep it is, is up to the version of JUnit. */
    private static final Condition<Throwable> ADDED = new Condition<>(
            failure -> {
                StringWriter trace = new StringWriter();
                failure.printStackTrace(new PrintWriter(trace));
                return trace.toString().contains("Suppressed: ")
                        && trace.toString().contains("java.lang.IllegalStateException: does not close");
            },
            "with the failure to close added");

    private static final BlockingQueue<String> CLOSED = new LinkedBlockingQueue<>();

    @ExtendWith(FakeClusters.class)
    @StatefulCluster
    static class SteppingCase {

        private final TestSteps constructed;

        SteppingCase(TestSteps constructed) {
            this.constructed = constructed;
        }

        @Test
        void fails(TestSteps steps, Info info) {
            assertThat(steps).isSameAs(constructed);
            steps.note("writes 100 rows");
            steps.closing(() -> CLOSED.add("namespace " + info.namespace()));
            steps.closing(() -> {
                CLOSED.add("broken");
                throw new IllegalStateException("does not close");
            });
            throw new IllegalStateException("as it should");
        }

        @AfterEach
        void comes_before_what_is_closed() {
            assertThat(CLOSED).isEmpty();
        }
    }

    @Test
    void the_steps_of_a_test_are_told_with_the_events_and_what_it_opened_is_closed_in_reverse() {
        CLOSED.clear();
        run.run(SteppingCase.class)
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("fails"),
                                finishedWithFailure(
                                        instanceOf(IllegalStateException.class), message("as it should"), ADDED)));

        assertThat(CLOSED).element(0).isEqualTo("broken");
        assertThat(CLOSED).element(1).asString().startsWith("namespace stepping-case-");
        assertThat(run.cluster().described())
                .singleElement()
                .satisfies(directory -> assertThat(directory.resolve("timeline.txt"))
                        .content()
                        .contains(
                                "cluster  Normal  Pod/orders-0  Killing",
                                "test     SteppingCase-fails begins",
                                "test     writes 100 rows",
                                "test     SteppingCase-fails fails: java.lang.IllegalStateException: as it should"));
    }
}
