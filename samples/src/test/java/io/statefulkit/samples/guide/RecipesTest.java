package io.statefulkit.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The recipes for CI are YAML, their steps are shell, and the settings that they make exist. */
class RecipesTest {

    private static final Page CI = Page.of(Page.ROOT.resolve("docs/guide/09-ci.md"));
    private static final Page TESTING = Page.of(Page.ROOT.resolve("docs/guide/06-testing.md"));
    private static final Pattern VARIABLE = Pattern.compile("STATEFULKIT_[A-Z0-9_]+");

    @Test
    void steps_of_jobs_are_shell_that_calls_nothing_but_maven_and_cat() throws IOException, InterruptedException {
        List<String> steps = new ArrayList<>();
        for (String yaml : CI.blocks("yaml")) {
            steps.addAll(steps(Serialization.unmarshal(yaml, Map.class)));
        }
        steps.addAll(CI.blocks("bash"));

        assertThat(steps).hasSizeGreaterThan(4);
        for (String step : steps) {
            assertThat(problem(step)).as(step).isEmpty();
            assertThat(step.lines().map(line -> line.split(" ", 2)[0])).isSubsetOf("mvn", "cat");
        }
    }

    @Test
    void variables_in_recipes_are_settings() {
        Set<String> settings = variables(TESTING);

        assertThat(settings).hasSizeGreaterThan(10);
        assertThat(variables(CI)).isNotEmpty().isSubsetOf(settings);
    }

    @Test
    void a_step_that_is_no_shell_is_found() throws IOException, InterruptedException {
        assertThat(problem("mvn -B verify; fi")).contains("fi");
    }

    /** Returns what is a step anywhere within a document of GitHub or GitLab. */
    private static List<String> steps(Object node) {
        if (node instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .flatMap(entry -> Set.of("run", "script").contains(entry.getKey())
                            ? lines(entry.getValue())
                            : steps(entry.getValue()).stream())
                    .toList();
        }
        return node instanceof List<?> list
                ? list.stream().flatMap(item -> steps(item).stream()).toList()
                : List.of();
    }

    private static Stream<String> lines(Object step) {
        return step instanceof List<?> list ? list.stream().map(String::valueOf) : Stream.of(String.valueOf(step));
    }

    private static Set<String> variables(Page page) {
        return new TreeSet<>(page.lines().stream()
                .flatMap(line -> VARIABLE.matcher(line).results())
                .map(MatchResult::group)
                .toList());
    }

    /** Returns what a shell has against it, without running it. */
    private static String problem(String step) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-n", "-c", step)
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return shell.waitFor() == 0 ? "" : "not shell: " + said;
    }
}
