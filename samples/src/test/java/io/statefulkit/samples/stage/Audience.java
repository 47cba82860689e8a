package io.statefulkit.samples.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.samples.guide.TutorialRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Hears a story in a test: that it goes through says nothing of what it has left out. */
public final class Audience implements Consumer<String> {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void accept(String line) {
        lines.add(line);
    }

    /**
     * Checks that all was told that the table of the tutorials names of a story. Where a cluster does not have what it takes, the test counts as
     * skipped, and says what was left out; an embedded one has it when these programs are installed.
     */
    public void heardAllOf(String story, ProviderKind provider, String... programs) throws IOException {
        List<String> leftOut = startingWith(Stage.LEFT_OUT);
        if (provider == ProviderKind.EMBEDDED && Arrays.stream(programs).allMatch(Installed::program)) {
            assertThat(leftOut).isEmpty();
        }
        assumeTrue(leftOut.isEmpty(), () -> story + " was told, but " + leftOut);
        assertThat(startingWith(Stage.ACT)).containsAll(TutorialRows.read().stepsOf(story));
    }

    private List<String> startingWith(String start) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }
}
