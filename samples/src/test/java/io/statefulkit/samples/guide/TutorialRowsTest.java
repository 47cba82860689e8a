package io.statefulkit.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    @Test
    void there_is_a_row_for_all_that_the_tutorials_show() throws IOException {
        List<String> all = LAST.entrySet().stream()
                .flatMap(one -> IntStream.rangeClosed(1, one.getValue()).mapToObj(row -> one.getKey() + row))
                .toList();

        assertThat(TutorialRows.read().cells().keySet()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void rules_are_those_that_the_manifest_of_the_row_yields() throws IOException {
        TutorialRows rows = TutorialRows.read();
        for (String row : rows.cells().keySet()) {
            Path manifest = TUTORIALS.resolve(row + ".yaml");
            String rules =
                    Files.exists(manifest) ? Files.readAllLines(manifest).get(0).substring(2) : "–";

            assertThat(rows.rules(row)).as(row).isEqualTo(rules);
        }
    }

    @Test
    void tests_and_steps_are_there() throws IOException {
        List<Source> sources = sources();
        TutorialRows rows = TutorialRows.read();
        List<String> wrong = new ArrayList<>();
        for (String row : rows.cells().keySet()) {
            rows.shown(row).stream()
                    .filter(one -> !exists(one, sources))
                    .map(one -> row + ": " + one)
                    .forEach(wrong::add);
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void each_row_has_a_step_of_a_story() throws IOException {
        TutorialRows rows = TutorialRows.read();

        assertThat(rows.cells().keySet())
                .allSatisfy(row -> assertThat(rows.shown(row))
                        .as(row)
                        .anyMatch(one -> TutorialRows.STEP.matcher(one).matches()));
    }

    @Test
    void what_is_not_there_is_found() throws IOException {
        List<Source> sources = sources();

        assertThat(exists("todo: the pod is deleted", sources)).isTrue();
        assertThat(exists("todo: the pod is eaten", sources)).isFalse();
        assertThat(exists("nobody: the pod is deleted", sources)).isFalse();
        assertThat(exists("TutorialRowsTest#what_is_not_there_is_found", sources))
                .isTrue();
        assertThat(exists("TutorialRowsTest#what_is_there_is_found", sources)).isFalse();
    }

    /** A step is in the room of a story, which a test tells; that it comes to it, the test checks. */
    private static boolean exists(String shown, List<Source> sources) {
        Matcher test = TEST.matcher(shown);
        if (test.matches()) {
            return sources.stream()
                    .filter(source -> source.name().equals(test.group(1)))
                    .anyMatch(source -> source.text().contains(" void " + test.group(2) + "("));
        }
        Matcher step = TutorialRows.STEP.matcher(shown);
        if (!step.matches()) {
            return false;
        }
        List<Source> room = sources.stream()
                .filter(source -> source.room().equals(step.group(1)))
                .toList();
        return room.stream().anyMatch(source -> source.name().endsWith("StoryIT"))
                && room.stream().anyMatch(source -> source.text().contains("return \"" + step.group(1) + "\";"))
                && room.stream().anyMatch(source -> source.text().contains("stage.act(\"" + step.group(2) + "\");"));
    }

    /** A class: its package without what all have in common, its name, and how it is written. */
    private record Source(String room, String name, String text) {}

    private static List<Source> sources() throws IOException {
        List<Source> sources = new ArrayList<>();
        for (String root : List.of(
                "samples/src/main/java", "samples/src/test/java", "stateful-core/src/test/java", "integration-tests")) {
            try (Stream<Path> files = Files.walk(Page.ROOT.resolve(root))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    sources.add(new Source(
                            Objects.requireNonNull(file.getParent())
                                    .getFileName()
                                    .toString(),
                            file.getFileName().toString().replace(".java", ""),
                            Files.readString(file)));
                }
            }
        }
        return sources;
    }
}
