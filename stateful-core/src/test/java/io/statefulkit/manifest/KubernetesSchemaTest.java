package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.statefulkit.spec.StatefulSpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KubernetesSchemaTest {

    static Stream<StatefulSpec> systems() {
        return Stream.of(
                TutorialSystemsTest.TASKS,
                TutorialSystemsTest.PEOPLE,
                TutorialSystemsTest.STORE,
                TutorialSystemsTest.WORDS,
                TutorialSystemsTest.SHOP);
    }

    @ParameterizedTest
    @MethodSource("systems")
    void objects_of_the_tutorials_systems_follow_the_published_schema(StatefulSpec spec) {
        assertThat(Plan.of(spec).resources())
                .allSatisfy(
                        object -> assertThat(KubernetesSchema.faults(object)).isEmpty());
    }

    @Test
    void a_missing_or_unknown_field_or_a_wrong_word_is_a_fault() {
        StatefulSet set = new StatefulSetBuilder()
                .withNewMetadata()
                .withName("x")
                .endMetadata()
                .withNewSpec()
                .withPodManagementPolicy("AllAtOnce")
                .addToAdditionalProperties("replica", 1)
                .endSpec()
                .build();

        assertThat(KubernetesSchema.faults(set))
                .contains(
                        "StatefulSet.spec: selector is missing",
                        "StatefulSet.spec: template is missing",
                        "StatefulSet.spec.replica: no such field",
                        "StatefulSet.spec.podManagementPolicy: \"AllAtOnce\" is none of"
                                + " [\"OrderedReady\",\"Parallel\"]");
    }
}
