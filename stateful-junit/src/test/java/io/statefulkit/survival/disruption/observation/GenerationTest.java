package io.statefulkit.survival.disruption.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GenerationTest {

    /** One whose template was changed since its pods were made, with a strategy. */
    private static StatefulSet changed(String strategy, long observed) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("orders")
                .withUid("set")
                .withGeneration(2L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewUpdateStrategy()
                .withType(strategy)
                .endUpdateStrategy()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(observed)
                .withCurrentRevision("orders-1")
                .withUpdateRevision("orders-2")
                .endStatus()
                .build();
    }

    @Test
    void a_roll_out_is_over_when_the_revisions_meet() {
        StatefulSet half = changed("RollingUpdate", 2);
        StatefulSet whole = new StatefulSetBuilder(half)
                .editStatus()
                .withCurrentRevision("orders-2")
                .endStatus()
                .build();

        assertThat(Generation.of(half).isRolledOut()).isFalse();
        assertThat(Generation.of(whole)).isEqualTo(new Generation("orders-2", true, Set.of("set")));
    }

    /** As a controller leaves it: it changes the current revision at the end of a roll-out only. */
    @Test
    void a_set_whose_pods_are_new_only_after_they_were_deleted_rolls_out_nothing() {
        assertThat(Generation.of(changed("OnDelete", 2)).isRolledOut()).isTrue();
        assertThat(Generation.of(changed("OnDelete", 1)).isRolledOut())
                .as("its controller has not seen the change")
                .isFalse();
    }
}
