package io.statefulkit.handle.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import org.junit.jupiter.api.Test;

class HibernationTest {

    @Test
    void the_number_of_pods_to_go_back_to_is_the_one_of_now() {
        assertThat(Hibernation.toRemember(set(3))).isEqualTo(3);
        assertThat(Hibernation.toRemember(set(0))).isZero();
    }

    @Test
    void a_workload_that_hibernates_already_goes_back_to_what_it_had_before() {
        assertThat(Hibernation.toRemember(remembering("3", set(0)))).isEqualTo(3);
    }

    @Test
    void what_an_earlier_hibernation_has_noted_does_not_count_when_a_deployment_has_ended_it() {
        assertThat(Hibernation.toRemember(remembering("3", set(1)))).isEqualTo(1);
    }

    private static StatefulSet set(int replicas) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("orders")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
    }

    private static StatefulSet remembering(String replicas, StatefulSet set) {
        return new StatefulSetBuilder(set)
                .editMetadata()
                .addToAnnotations(Hibernation.REPLICAS, replicas)
                .endMetadata()
                .build();
    }
}
