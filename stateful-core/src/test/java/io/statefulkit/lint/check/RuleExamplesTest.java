package io.statefulkit.lint.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.statefulkit.lint.Finding;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.RuleText;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule's own examples: the bad one has the finding, the good one has not. */
class RuleExamplesTest {

    private static final String APPLIED = "# applied\n";

    @ParameterizedTest
    @EnumSource(Rule.class)
    void the_bad_example_of_a_rule_has_its_finding(Rule rule) {
        List<Finding> findings = judge(rule.text().bad());

        assertThat(findings).extracting(Finding::rule).contains(rule);
        assertThat(findings)
                .filteredOn(finding -> finding.rule() == rule)
                .allSatisfy(finding -> assertThat(finding.message()).doesNotContain("{}"));
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void the_good_example_of_a_rule_is_free_of_it(Rule rule) {
        assertThat(judge(rule.text().good())).extracting(Finding::rule).doesNotContain(rule);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void every_rule_says_why_and_what_to_do(Rule rule) {
        RuleText text = rule.text();

        assertThat(Stream.of(text.message(), text.why(), text.fix(), text.bad(), text.good()))
                .noneMatch(String::isBlank);
        assertThat(text.bad()).isNotEqualTo(text.good());
        assertThat(text.why()).endsWith(".");
    }

    private static List<Finding> judge(String example) {
        String text = example.replace("@1100000@", "x".repeat(1_100_000));
        int applied = text.indexOf(APPLIED);
        if (applied < 0) {
            return Lint.yaml(text).findings();
        }
        return Lint.against(objects(text.substring(applied)), objects(text.substring(0, applied)))
                .findings();
    }

    private static List<HasMetadata> objects(String text) {
        return Yaml.read(text, new Findings());
    }
}
