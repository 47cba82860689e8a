package io.statefulkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.cluster.ClusterEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepLogTest {

    private static Instant at(String time) {
        return Instant.parse("2026-01-01T" + time + "Z");
    }

    @Test
    void steps_and_events_are_in_one_order() {
        StepLog log = new StepLog(Clock.fixed(at("03:01:02.250"), ZoneOffset.UTC));
        log.add("deletes orders-0");

        assertThat(log.timeline(List.of(
                        new ClusterEvent(at("03:01:01"), "Normal  Pod/orders-0  Started  Started container"),
                        new ClusterEvent(at("03:01:02"), "Normal  Pod/orders-0  Killing  Stopping container"))))
                .isEqualTo("""
                    times are UTC; most of the cluster are exact to the second, and sorted to its end
                    03:01:01.000  cluster  Normal  Pod/orders-0  Started  Started container
                    03:01:02.250  test     deletes orders-0
                    03:01:02.000  cluster  Normal  Pod/orders-0  Killing  Stopping container
                    """);
    }

    @Test
    void only_the_last_steps_are_kept() {
        StepLog log = new StepLog(Clock.systemUTC());
        for (int i = 0; i < 5000; i++) {
            log.add("step " + i);
        }

        assertThat(log.timeline(List.of()).lines())
                .hasSize(1001)
                .last()
                .asString()
                .endsWith("step 4999");
    }

    @Test
    void what_was_opened_last_is_closed_first_whatever_becomes_of_it() {
        List<String> closed = new ArrayList<>();
        TestSteps steps = new TestSteps(new StepLog(Clock.systemUTC()));
        AutoCloseable first = steps.closing(() -> closed.add("first"));
        steps.closing(() -> {
            closed.add("second");
            throw new IllegalStateException("does not close");
        });
        steps.closing(() -> {
            closed.add("third");
            throw new IllegalStateException("does not close either");
        });

        assertThatThrownBy(steps::close)
                .hasMessage("does not close either")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .contains("does not close"));
        assertThat(closed).containsExactly("third", "second", "first");
        assertThat(first).isNotNull();
    }
}
