package io.statefulkit.survival.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    /** A run that is cut off does not wait for its writers: one of them may just be about to connect. */
    @Test
    void nobody_connects_any_more_when_a_run_is_over() throws InterruptedException {
        FakeStore store = new FakeStore(new Payload(7, 1, 10));
        Watchdog watchdog = new Watchdog(Duration.ofSeconds(30));
        watchdog.open(store).close();

        watchdog.close();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> watchdog.open(store))
                .withMessage("no session: the run is over");
        assertThat(store.opened()).isEqualTo(1);
    }
}
