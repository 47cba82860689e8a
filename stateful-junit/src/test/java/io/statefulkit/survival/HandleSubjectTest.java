package io.statefulkit.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.survival.ledger.Hazard;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class HandleSubjectTest {

    @Test
    void data_that_is_on_no_claim_is_at_odds_with_every_disruption() {
        assertThat(HandleSubject.hazardsOf(() -> {
                    throw new IllegalStateException("expected the data directory /data on a claim, but it is on none");
                }))
                .containsExactly(Hazard.always("expected the data directory /data on a claim, but it is on none"));
        assertThat(HandleSubject.hazardsOf(() -> {})).isEmpty();
    }

    @Test
    void a_server_that_does_not_say_where_its_data_is_proves_nothing() {
        assertThat(HandleSubject.hazardsOf(() -> {
                    throw new NoSuchElementException("no such program");
                }))
                .isEmpty();
    }
}
