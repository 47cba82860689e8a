package io.statefulkit.samples.cli;

import io.statefulkit.StatefulKit;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.samples.stage.Story;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells one story. */
@Command(
        name = "run",
        description = "Tells a story: on an embedded cluster, or on another one.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "<story>", description = "Which story; 'list' shows them all.")
    private String story = "";

    @ArgGroup
    private Elsewhere elsewhere = new Elsewhere();

    @Option(
            names = "--keep",
            description = "Keep what the story has made until this is interrupted; then it goes, as it does otherwise.")
    private boolean keep;

    @Spec
    private @Nullable CommandSpec spec;

    /** At most one of these. */
    static final class Elsewhere {

        @Option(
                names = "--kubeconfig",
                paramLabel = "<file>",
                description = "The cluster of the current context of this kubeconfig.")
        private @Nullable Path kubeconfig;

        @Option(names = "--k3s", description = "A k3s in a container; this needs Docker.")
        private boolean k3s;
    }

    @Override
    public Integer call() throws Exception {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = commandLine.getOut();
        Optional<Story> chosen = Stories.named(story);
        if (chosen.isEmpty()) {
            throw new CommandLine.ParameterException(
                    commandLine,
                    "there is no story '" + story + "'; there are "
                            + Stories.ALL.stream().map(Story::name).toList());
        }
        String name = "story-" + story + "-" + HexFormat.of().toHexDigits(System.nanoTime(), 4);
        try (Where where = where();
                OwnNamespace namespace = OwnNamespace.create(where.client(), name, line -> print(out, line))) {
            if (where.lasting()) {
                namespace.closeAtTheEndOfTheProgram();
            }
            print(out, chosen.get().name() + ": " + chosen.get().title());
            print(
                    out,
                    "on " + where.what() + "; look into it: kubectl --kubeconfig " + where.kubeconfig() + " -n " + name
                            + " get pods,pvc");
            int exit = tell(chosen.get(), StatefulKit.on(where.client()).inNamespace(name), out);
            stay(out);
            return exit;
        }
    }

    private Where where() {
        Path file = elsewhere.kubeconfig;
        if (file != null) {
            return Where.kubeconfig(file);
        }
        return elsewhere.k3s ? Where.k3s() : Where.embedded();
    }

    /** Says itself what fails, so that it can be read before what was made goes. */
    private static int tell(Story story, StatefulKit kit, PrintWriter out) {
        AtomicInteger leftOut = new AtomicInteger();
        Stage stage = Stage.on(kit.withProgress(new Progress(out)), line -> {
            print(out, line);
            if (line.startsWith(Stage.LEFT_OUT)) {
                leftOut.incrementAndGet();
            }
        });
        try {
            story.tell(stage);
            print(out, "");
            print(
                    out,
                    story.name() + ": everything held"
                            + (leftOut.get() == 0 ? "" : " that was told; parts left out, see above: " + leftOut));
            return 0;
        } catch (Exception e) {
            print(out, "");
            print(out, "FAILED: " + Objects.requireNonNullElse(e.getMessage(), e.toString()));
            return 1;
        }
    }

    private void stay(PrintWriter out) throws InterruptedException {
        if (keep) {
            print(out, "it stays until you interrupt this (Ctrl-C)");
            Thread.currentThread().join();
        }
    }

    private static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
