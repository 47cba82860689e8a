package io.statefulkit.lint.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.statefulkit.lint.LintReport;
import io.statefulkit.lint.Rule;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The mistakes that five tutorials about stateful workloads make or warn of, one manifest each, and all that each of them
 * applies in one manifest. The first line of a manifest names exactly the rules that find something in it.
 */
class TutorialsTest {

    static Stream<Path> manifests() throws IOException, URISyntaxException {
        return files("/tutorials");
    }

    /** All that a tutorial applies, as it does it. */
    static Stream<Path> systems() throws IOException, URISyntaxException {
        return files("/tutorial-systems");
    }

    private static Stream<Path> files(String folder) throws IOException, URISyntaxException {
        URL place = Objects.requireNonNull(TutorialsTest.class.getResource(folder));
        try (Stream<Path> files = Files.list(Path.of(place.toURI()))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource({"manifests", "systems"})
    void a_manifest_yields_exactly_the_rules_that_it_names(Path manifest) throws IOException {
        List<String> lines = Files.readAllLines(manifest);
        Set<Rule> named = EnumSet.noneOf(Rule.class);
        Stream.of(lines.get(0).substring(1).trim().split(" "))
                .map(Rule::valueOf)
                .forEach(named::add);

        LintReport report = judge(String.join("\n", lines).replace("@BIG@", "x".repeat(1_100_000)));

        assertThat(report.rules()).as(report.toString()).isEqualTo(named);
    }

    /** Mistakes that only a cluster shows have two parts: what is there, and what is applied. */
    private static LintReport judge(String text) {
        int applied = text.indexOf("# applied\n");
        return applied < 0
                ? Lint.yaml(text)
                : Lint.against(objects(text.substring(applied)), objects(text.substring(0, applied)));
    }

    private static List<HasMetadata> objects(String text) {
        return Yaml.read(text, new Findings());
    }

    @Test
    void all_manifests_are_looked_at() throws IOException, URISyntaxException {
        assertThat(manifests()).hasSizeGreaterThan(39);
        assertThat(systems()).hasSize(5);
    }
}
