package io.statefulkit.embedded.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventLimitsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final EventLimits limits = new EventLimits();

    private boolean combines(String message, Instant now) {
        return limits.combines("uid", "Normal", "SuccessfulCreate", message, now);
    }

    @Test
    void the_tenth_message_of_a_kind_is_combined_with_what_follows() {
        for (int i = 1; i <= 9; i++) {
            assertThat(combines("pod " + i, NOW)).isFalse();
        }

        assertThat(combines("pod 10", NOW)).isTrue();
        assertThat(combines("pod 11", NOW)).isTrue();
        assertThat(combines("pod 3", NOW)).as("told before").isFalse();
    }

    @Test
    void after_ten_quiet_minutes_messages_are_told_one_by_one_again() {
        for (int i = 1; i <= 10; i++) {
            combines("pod " + i, NOW);
        }

        assertThat(combines("pod 11", NOW.plus(Duration.ofMinutes(11)))).isFalse();
    }

    @Test
    void an_object_has_a_budget_that_refills_slowly() {
        for (int i = 1; i <= 25; i++) {
            assertThat(limits.allows("uid", NOW)).isTrue();
        }

        assertThat(limits.allows("uid", NOW)).isFalse();
        assertThat(limits.allows("other", NOW)).isTrue();
        assertThat(limits.allows("uid", NOW.plus(Duration.ofMinutes(5)))).isTrue();
        assertThat(limits.allows("uid", NOW.plus(Duration.ofMinutes(5)))).isFalse();
    }
}
