package io.statefulkit.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The guide's list of rules is what the code says. Run with {@code -Dgolden.update=true} to write it anew. */
class RuleGuideTest {

    private static final Path GUIDE = Path.of("../docs/guide/03-lint-rules.md");

    @Test
    void the_guide_lists_every_rule_as_it_is() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GUIDE.getParent());
            Files.writeString(GUIDE, guide());
        }
        assertThat(Files.readString(GUIDE)).as("docs/guide/03-lint-rules.md").isEqualTo(guide());
    }

    private static String guide() {
        StringBuilder text = new StringBuilder("""
            # The rules

            Every plan is judged by these rules, and so is YAML that somebody else wrote: `Lint.yaml(text)`.
            An ERROR refuses the plan, a WARNING does so under `Plan.strict`, an INFO is good to know.
            `allow(Rule.ID09, "a demonstration")` accepts a finding and keeps the reason in the report.
            This page is made from the code; a test compares the two, and judges each example.

            | Rule | Severity | Looks at | Finding |
            |---|---|---|---|
            """);
        for (Rule rule : Rule.values()) {
            text.append("| [%s](#%s) | %s | %s | %s |\n"
                    .formatted(
                            rule,
                            rule.name().toLowerCase(Locale.ROOT),
                            rule.severity(),
                            looksAt(rule),
                            rule.text().message().replace("{}", "…").replace("|", "\\|")));
        }
        for (Rule rule : Rule.values()) {
            RuleText rules = rule.text();
            text.append("\n## %s\n\n%s (%s). %s\n\nFix: %s.\n\nBad:\n```yaml\n%s\n```\nGood:\n```yaml\n%s\n```\n"
                    .formatted(
                            rule,
                            upper(rules.message().replace("{}", "…")),
                            rule.severity().name().toLowerCase(Locale.ROOT),
                            rules.why(),
                            rules.fix(),
                            rules.bad().replace("@1100000@", "1,Ada"),
                            rules.good()));
        }
        return text.toString();
    }

    private static String upper(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String looksAt(Rule rule) {
        return switch (rule.stage()) {
            case TEXT -> "text";
            case BUILD -> "objects";
            case APPLY -> "objects and cluster";
            case BUILD_AND_APPLY -> "objects, better with the cluster";
        };
    }
}
