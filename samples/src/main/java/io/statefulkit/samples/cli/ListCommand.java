package io.statefulkit.samples.cli;

import io.statefulkit.samples.stage.Story;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the stories. */
@Command(name = "list", description = "Lists the stories.", mixinStandardHelpOptions = true)
final class ListCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        for (Story story : Stories.ALL) {
            out.printf("%-8s  %s%n", story.name(), story.title());
        }
        out.flush();
    }
}
