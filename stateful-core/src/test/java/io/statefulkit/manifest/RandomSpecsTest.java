package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.lint.Severity;
import io.statefulkit.lint.SpecInvalidException;
import io.statefulkit.spec.StatefulSpec;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a spec says, it is either refused with a reason or gives objects that are right. */
class RandomSpecsTest {

    private static final int SPECS = 100;

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

    /** A word that no random spec says is a word that nobody tries together with the others. */
    @ParameterizedTest
    @ValueSource(strings = {"StatefulPostgres", "StatefulMySql", "StatefulRedis", "StatefulWorkload"})
    void every_word_of_a_workload_is_tried(String workload) throws ReflectiveOperationException {
        Class<?> type = Class.forName("io.statefulkit.spec." + workload);
        StatefulSpec plain =
                (StatefulSpec) type.getMethod("named", String.class).invoke(null, "plain");

        List<Method> words = RandomSpecs.words(type);

        assertThat(words).hasSizeGreaterThan(25);
        assertThat(words)
                .allSatisfy(word -> assertThat(new RandomSpecs(1).say(plain, word))
                        .as(word.getName())
                        .isInstanceOf(type));
    }

    /** Refusals are fine for specs that make no sense; one word on top of a sound spec has to do. */
    @ParameterizedTest
    @ValueSource(strings = {"StatefulPostgres", "StatefulMySql", "StatefulRedis", "StatefulWorkload"})
    void every_word_alone_gives_a_plan(String workload) throws ReflectiveOperationException {
        Class<?> type = Class.forName("io.statefulkit.spec." + workload);
        List<String> refusals = new ArrayList<>();
        for (long seed = 1; seed <= 5; seed++) {
            RandomSpecs specs = new RandomSpecs(seed);
            for (Method word : RandomSpecs.words(type)) {
                try {
                    Plan.of(specs.say(specs.withVolume(specs.plain(type)), word));
                } catch (IllegalArgumentException refused) {
                    refusals.add(word.getName() + ": " + refused.getMessage());
                }
            }
        }
        assertThat(refusals)
                .as("replicas, quotes in passwords and classes without volumes have rules of their own")
                .allMatch(refusal -> refusal.contains("ERROR ID08")
                        || refusal.contains("ERROR SEC06")
                        || refusal.contains("ERROR ST09"));
    }
}
