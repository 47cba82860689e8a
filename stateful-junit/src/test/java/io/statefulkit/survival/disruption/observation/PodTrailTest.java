package io.statefulkit.survival.disruption.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Watcher.Action;
import io.fabric8.kubernetes.client.WatcherException;
import org.junit.jupiter.api.Test;

class PodTrailTest {

    private static final Pod POD = new PodBuilder()
            .withNewMetadata()
            .withName("orders-0")
            .withUid("u1")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("postgres")
            .endContainer()
            .endSpec()
            .build();

    @Test
    void a_watch_that_broke_keeps_what_it_saw_and_says_why_more_may_be_missing() {
        try (PodTrail trail = new PodTrail(watcher -> () -> {}, ServerContainer.UNNAMED)) {
            trail.eventReceived(Action.ADDED, POD);
            trail.eventReceived(Action.BOOKMARK, POD);
            trail.eventReceived(Action.DELETED, POD);
            assertThat(trail.gap()).isEmpty();

            trail.onClose(new WatcherException("too old resource version: 7 (9)"));

            assertThat(trail.gap()).contains("too old resource version: 7 (9)");
            assertThat(trail.sightings()).extracting(Sighting::isDeleted).containsExactly(false, true);
        }
    }
}
