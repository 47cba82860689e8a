package io.statefulkit.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The table of what five tutorials show.
 *
 * @param cells those of each row, by its name
 */
public record TutorialRows(Map<String, List<String>> cells) {

    static final Pattern STEP = Pattern.compile("(\\w+): (.+)");
    private static final Pattern NAMED = Pattern.compile("`([^`]+)`");

    /** Reads it. */
    public static TutorialRows read() throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Page.ROOT.resolve("docs/tutorial-rows.md"))) {
            if (line.matches("\\| [A-E]\\d+ .*")) {
                List<String> cells =
                        List.of(line.substring(2, line.length() - 2).split(" \\| ", -1));
                assertThat(cells).as(line).hasSize(5);
                assertThat(rows.put(cells.get(0), cells)).as("twice: " + line).isNull();
            }
        }
        return new TutorialRows(rows);
    }

    /** Returns the rules that find what a row shows. */
    String rules(String row) {
        return cells.getOrDefault(row, List.of()).get(3);
    }

    /** Returns the steps and tests that show a row. */
    List<String> shown(String row) {
        return NAMED.matcher(cells.getOrDefault(row, List.of()).get(4))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** Returns the steps of a story that rows name, without the story. */
    public List<String> stepsOf(String story) {
        return cells.keySet().stream()
                .flatMap(row -> shown(row).stream())
                .flatMap(one -> STEP.matcher(one).results())
                .filter(step -> step.group(1).equals(story))
                .map((MatchResult step) -> step.group(2))
                .distinct()
                .toList();
    }
}
