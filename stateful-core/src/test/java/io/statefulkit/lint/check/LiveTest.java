package io.statefulkit.lint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.statefulkit.lint.Finding;
import io.statefulkit.lint.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveTest {

    @Test
    void a_size_that_kubernetes_wrote_another_way_is_the_same_size() {
        assertThat(against(set("1.5Gi", Map.of()), set("1536Mi", Map.of()))).isEmpty();
        assertThat(against(set("1.5Gi", Map.of()), set("1535Mi", Map.of())))
                .extracting(Finding::rule)
                .containsExactly(Rule.ST19);
    }

    @Test
    void a_new_label_of_all_objects_cannot_reach_the_claim_templates_of_a_set_that_is_there() {
        assertThat(against(set("1Gi", Map.of("team", "blue")), set("1Gi", Map.of())))
                .extracting(Finding::rule, Finding::message)
                .containsExactly(tuple(
                        Rule.AP03, "cannot change once it is there: labels and annotations of volumeClaimTemplates"));
    }

    private static List<Finding> against(StatefulSet planned, StatefulSet live) {
        return Lint.against(List.of(planned), List.of(live)).findings();
    }

    private static StatefulSet set(String size, Map<String, String> labels) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("orders")
                .endMetadata()
                .withNewSpec()
                .withServiceName("orders-headless")
                .addNewVolumeClaimTemplate()
                .withNewMetadata()
                .withName("data")
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .withRequests(Map.of("storage", Quantity.parse(size)))
                .endResources()
                .endSpec()
                .endVolumeClaimTemplate()
                .endSpec()
                .build();
    }
}
