package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.lint.Severity;
import io.statefulkit.lint.SpecInvalidException;
import org.junit.jupiter.api.Test;

/** Whatever a spec says, it is either refused with a reason or gives objects that are right. */
class RandomSpecsTest {

    private static final int SPECS = 200;

    @Test
    void a_spec_is_refused_or_renders_the_same_valid_objects_each_time() {
        int rendered = 0;
        for (long seed = 0; seed < SPECS; seed++) {
            Plan plan;
            try {
                plan = Plan.of(new RandomSpecs(seed).next());
            } catch (SpecInvalidException refused) {
                assertThat(refused.findings()).as("seed %d", seed).isNotEmpty();
                continue;
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).as("seed %d", seed).isNotBlank();
                continue;
            }
            rendered++;
            assertThat(plan.lint().of(Severity.ERROR)).as("seed %d", seed).isEmpty();
            assertThat(plan.resources())
                    .as("seed %d: %s", seed, plan)
                    .allSatisfy(object ->
                            assertThat(KubernetesSchema.faults(object)).isEmpty());
            assertThat(Plan.of(new RandomSpecs(seed).next()).toYaml())
                    .as("seed %d", seed)
                    .isEqualTo(plan.toYaml());
        }
        assertThat(rendered).as("specs that were not refused").isBetween(SPECS / 4, SPECS - 1);
    }
}
