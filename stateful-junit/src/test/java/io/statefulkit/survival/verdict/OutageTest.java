package io.statefulkit.survival.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.survival.history.Outcome;
import io.statefulkit.survival.testing.Story;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a story tells takes a millisecond an event, so that a write takes one and the next begins one later. */
class OutageTest {

    private static final Duration STILL = Duration.ofSeconds(15);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void it_is_seen_as_exactly_as_writers_try() {
        Story tried = before();
        for (int i = 1; i <= 20; i++) {
            tried.pause(Duration.ofMillis(48)).fail("w1#" + i);
        }
        Outage outage = outage(tried.pause(Duration.ofMillis(28)));

        // From the 100th row to the 101st: 20 tries of 50 ms each, the marks, and the pause before the last.
        assertThat(outage.length()).isBetween(Duration.ofMillis(1_028), Duration.ofMillis(1_035));
        assertThat(outage.resolution()).isBetween(Duration.ofMillis(48), Duration.ofMillis(53));
    }

    @Test
    void writers_that_do_not_try_see_it_no_better_than_its_length() {
        Outage outage = outage(before().pause(SECOND));

        assertThat(outage.resolution()).isBetween(SECOND, SECOND.plusMillis(5));
    }

    @Test
    void the_end_counts_where_they_tried_at_the_beginning_only() {
        Outage outage = outage(before().fail("w1#1", "w1#2").pause(SECOND));

        assertThat(outage.resolution()).isBetween(SECOND, SECOND.plusMillis(5));
    }

    /** Its answer comes the moment the server goes on: nothing was missed in between. */
    @Test
    void a_write_that_hangs_until_the_end_sees_it_exactly() {
        Outage outage = outage(before().begin("w1#1").pause(SECOND).end("w1#1", Outcome.OK));

        assertThat(outage.length()).isGreaterThanOrEqualTo(SECOND);
        assertThat(outage.resolution()).isLessThan(Duration.ofMillis(5));
    }

    @Test
    void one_that_does_not_end_lasts_until_the_workload_is_back() {
        Story story = before().fail("w1#1").pause(SECOND).fail("w1#2").recovered("crash");
        Outage outage = Outage.of(story.read("w0#1..100").history(), 0, STILL);

        assertThat(outage.length()).isGreaterThanOrEqualTo(SECOND);
        assertThat(outage.resolution()).isLessThan(Duration.ofMillis(5));
    }

    @Test
    void writers_stand_still_when_none_does_anything_for_longer_than_one_waits() {
        assertThat(Outage.of(ended(before().pause(SECOND)).history(), 0, SECOND.dividedBy(2))
                        .isClientLimited())
                .isTrue();
        assertThat(outage(before().pause(SECOND)).isClientLimited()).isFalse();
    }

    private static Story before() {
        return new Story().many(1, 100).injected("crash");
    }

    private static Story ended(Story story) {
        return story.server("B").many(101, 150).recovered("crash").many(151, 200);
    }

    private static Outage outage(Story story) {
        return Outage.of(ended(story).history(), 0, STILL);
    }
}
