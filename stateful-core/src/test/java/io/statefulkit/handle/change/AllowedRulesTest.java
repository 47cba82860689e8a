package io.statefulkit.handle.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.lint.Rule;
import io.statefulkit.spec.StatefulRedis;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllowedRulesTest {

    @Test
    void what_the_author_of_the_spec_allows_stays_allowed_in_an_operation() {
        StatefulRedis spec = StatefulRedis.named("cache")
                .withImage("redis:7.4-bookworm")
                .withVolumeClaimTemplate("1Gi")
                .allow(Rule.AP04, "the volume is empty")
                .allow(Rule.RD01, "mine");

        assertThat(AllowedRules.of(spec, Map.of(Rule.RD01, "the live server writes the file already")))
                .isEqualTo(
                        Map.of(Rule.AP04, "the volume is empty", Rule.RD01, "the live server writes the file already"));
    }
}
