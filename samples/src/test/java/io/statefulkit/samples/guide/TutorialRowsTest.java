package io.statefulkit.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of what five tutorials show has a row for each, and names rules, tests and steps of stories that there are. */
class TutorialRowsTest {

    private static final Path TUTORIALS = Page.ROOT.resolve("stateful-core/src/test/resources/tutorials");
    private static final Map<String, Integer> LAST = Map.of("A", 18, "B", 10, "C", 10, "D", 13, "E", 11);
    private static final Pattern TEST = Pattern.compile("(\\w+)#(\\w+)");
    private static final Pattern STEP = Pattern.compile("(\\w+): (.+)");
    private static final Pattern NAMED = Pattern.compile("`([^`]+)`");

    @Test
    void there_is_a_row_for_all_that_the_tutorials_show() throws IOException {
        List<String> all = LAST.entrySet().stream()
                .flatMap(one -> IntStream.rangeClosed(1, one.getValue()).mapToObj(row -> one.getKey() + row))
                .toList();

        assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void rules_are_those_that_the_manifest_of_the_row_yields() throws IOException {
        for (Map.Entry<String, List<String>> row : rows().entrySet()) {
            Path manifest = TUTORIALS.resolve(row.getKey() + ".yaml");
            String rules =
                    Files.exists(manifest) ? Files.readAllLines(manifest).get(0).substring(2) : "–";

            assertThat(row.getValue().get(3)).as(row.getKey()).isEqualTo(rules);
        }
    }

    @Test
    void tests_and_steps_are_there() throws IOException {
        Map<String, String> sources = sources();
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, List<String>> row : rows().entrySet()) {
            List<String> shown = NAMED.matcher(row.getValue().get(4))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            shown.stream()
                    .filter(one -> !exists(one, sources))
                    .map(one -> row.getKey() + ": " + one)
                    .forEach(wrong::add);
            if (shown.isEmpty()) {
                wrong.add(row.getKey() + ": nothing");
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void what_is_not_there_is_found() throws IOException {
        Map<String, String> sources = sources();

        assertThat(exists("todo: the pod is deleted", sources)).isTrue();
        assertThat(exists("todo: the pod is eaten", sources)).isFalse();
        assertThat(exists("nobody: the pod is deleted", sources)).isFalse();
        assertThat(exists("TutorialRowsTest#what_is_not_there_is_found", sources))
                .isTrue();
        assertThat(exists("TutorialRowsTest#what_is_there_is_found", sources)).isFalse();
    }

    /** A step counts when its story is told by a test as well. */
    private static boolean exists(String shown, Map<String, String> sources) {
        Matcher test = TEST.matcher(shown);
        if (test.matches()) {
            return sources.getOrDefault(test.group(1), "").contains(" void " + test.group(2) + "(");
        }
        Matcher step = STEP.matcher(shown);
        return step.matches()
                && sources.entrySet().stream()
                        .filter(one -> sources.containsKey(one.getKey() + "IT"))
                        .map(Map.Entry::getValue)
                        .filter(text -> text.contains("return \"" + step.group(1) + "\";"))
                        .anyMatch(text -> text.contains("stage.act(\"" + step.group(2) + "\");"));
    }

    private static Map<String, List<String>> rows() throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Page.ROOT.resolve("docs/tutorial-rows.md"))) {
            if (line.matches("\\| [A-E]\\d+ .*")) {
                List<String> cells =
                        List.of(line.substring(2, line.length() - 2).split(" \\| ", -1));
                assertThat(cells).as(line).hasSize(5);
                assertThat(rows.put(cells.get(0), cells)).as("twice: " + line).isNull();
            }
        }
        return rows;
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String root : List.of(
                "samples/src/main/java", "samples/src/test/java", "stateful-core/src/test/java", "integration-tests")) {
            try (Stream<Path> files = Files.walk(Page.ROOT.resolve(root))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return sources;
    }
}
