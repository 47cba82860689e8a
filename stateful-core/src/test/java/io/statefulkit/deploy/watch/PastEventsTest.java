package io.statefulkit.deploy.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class PastEventsTest {

    private static final Event COUNTED = new EventBuilder()
            .withNewMetadata()
            .withUid("one")
            .withResourceVersion("10")
            .endMetadata()
            .withReason("FailedCreate")
            .withCount(3)
            .withLastTimestamp("2026-11-30T10:00:08Z")
            .build();

    private static final Event IN_A_SERIES = new EventBuilder()
            .withNewMetadata()
            .withUid("other")
            .endMetadata()
            .withReason("FailedCreate")
            .withNewEventTime("2026-11-30T10:00:00.000000Z")
            .withNewSeries()
            .withCount(3)
            .withNewLastObservedTime("2026-11-30T10:00:08.000000Z")
            .endSeries()
            .build();

    private final PastEvents past = new PastEvents();

    @Test
    void what_was_there_is_past_until_it_happens_again() {
        past.add(List.of(COUNTED, IN_A_SERIES));
        Event counted = new EventBuilder(COUNTED).withCount(4).build();
        Event inSeries = new EventBuilder(IN_A_SERIES)
                .editSeries()
                .withCount(4)
                .endSeries()
                .build();

        assertThat(List.of(COUNTED, IN_A_SERIES)).allMatch(past::contains);
        assertThat(List.of(counted, inSeries)).noneMatch(past::contains);
    }

    @Test
    void what_was_there_does_not_happen_again_when_somebody_writes_a_label() {
        past.add(List.of(COUNTED));
        Event labelled = new EventBuilder(COUNTED)
                .editMetadata()
                .withResourceVersion("11")
                .addToLabels("seen", "yes")
                .endMetadata()
                .build();

        assertThat(past.contains(labelled)).isTrue();
    }

    @Test
    void another_event_that_says_the_same_is_not_past() {
        past.add(List.of(COUNTED));
        Event another = new EventBuilder(COUNTED)
                .editMetadata()
                .withUid("another")
                .endMetadata()
                .build();

        assertThat(past.contains(another)).isFalse();
    }

    @Test
    void nothing_is_past_any_more_when_all_events_count() {
        past.add(List.of(COUNTED));

        past.clear();

        assertThat(past.contains(COUNTED)).isFalse();
    }
}
