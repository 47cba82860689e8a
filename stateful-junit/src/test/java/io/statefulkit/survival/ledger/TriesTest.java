package io.statefulkit.survival.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TriesTest {

    private static final long MILLI = Duration.ofMillis(1).toNanos();

    @Test
    void writers_try_one_after_the_other() {
        Tries tries = new Tries(100, 0);

        assertThat(LongStream.range(0, 4).map(i -> tries.next(MILLI) / MILLI)).containsExactly(5L, 10L, 15L, 20L);
    }

    @Test
    void who_has_waited_long_enough_tries_at_once() {
        Tries tries = new Tries(100, 0);

        assertThat(tries.next(7 * MILLI)).isEqualTo(7 * MILLI);
        assertThat(tries.next(7 * MILLI)).isEqualTo(12 * MILLI);
    }

    @Test
    void a_slow_ledger_tries_more_slowly_and_a_fast_one_not_without_end() {
        assertThat(new Tries(20, 0).next(0)).isEqualTo(25 * MILLI);
        assertThat(new Tries(0.1, 0).next(0)).isEqualTo(100 * MILLI);
        assertThat(new Tries(100_000, 0).next(0)).isEqualTo(5 * MILLI);
    }
}
