package io.statefulkit.embedded.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownDifferenceTest {

    @Test
    void the_guide_lists_exactly_the_known_differences() throws IOException {
        List<String> expected = Arrays.stream(KnownDifference.values())
                .map(known -> "- **" + known.name() + "**: " + known.reason())
                .toList();
        List<String> listed = Files.readAllLines(Path.of("..", "docs", "guide", "10-how-embedded-differs.md")).stream()
                .filter(line -> line.startsWith("- **"))
                .toList();
        assertThat(listed).isEqualTo(expected);
    }

    @Test
    void a_difference_that_nobody_knows_is_not_explained() {
        Difference difference = new Difference("sts-create-ordered", "pods/db-0#1 object", "does not appear");
        assertThat(KnownDifference.explaining(difference)).isEmpty();
    }

    @Test
    void milestones_may_be_skipped_but_not_invented_or_reordered() {
        List<String> recorded = List.of("a", "b", "c", "b");
        assertThat(Progress.along(recorded, List.of("a", "c"))).isEqualTo(3);
        assertThat(Progress.invented(recorded, List.of("a", "c", "b"))).isEmpty();
        assertThat(Progress.invented(recorded, List.of("c", "a"))).containsExactly("a");
        assertThat(Progress.invented(recorded, List.of("a", "x"))).containsExactly("x");
    }
}
