package io.statefulkit.samples.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.statefulkit.samples.stage.Planned;
import org.junit.jupiter.api.Test;

class ServiceStoryTest {

    /** It would not be reached at its pod's address only: what an API server forwards comes in over the loopback. */
    @Test
    void on_a_node_of_a_cluster_it_listens_on_all_addresses_and_no_registry_is_asked() {
        Container server = Planned.of(ServiceStory.ofTheNode())
                .one(StatefulSet.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);

        assertThat(server.getArgs()).containsExactly("/var/lib/visits/count", "0.0.0.0");
        assertThat(server.getImagePullPolicy()).isEqualTo("Never");
    }
}
