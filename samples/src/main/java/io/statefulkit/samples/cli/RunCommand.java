package io.statefulkit.samples.cli;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.statefulkit.StatefulKit;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.samples.stage.Story;
import io.statefulkit.samples.stage.StoryFailedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    @Option(names = "--keep", description = "Keep the cluster and the namespace until this is interrupted.")
    private boolean keep;

    @Spec
    private @Nullable CommandSpec spec;

    /** At most one of these. */
    static final class Elsewhere {

        @Option(names = "--kubeconfig", paramLabel = "<file>", description = "The cluster of this kubeconfig.")
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
        String namespace = "story-" + story + "-" + HexFormat.of().toHexDigits(System.nanoTime(), 4);
        try (Where where = where()) {
            out.println(chosen.get().name() + ": " + chosen.get().title());
            out.println("on " + where.what() + "; look into it: kubectl --kubeconfig " + where.kubeconfig() + " -n "
                    + namespace + " get pods,pvc");
            out.flush();
            return tell(chosen.get(), where, namespace, out);
        }
    }

    private Where where() {
        Path file = elsewhere.kubeconfig;
        if (file != null) {
            return Where.kubeconfig(file);
        }
        return elsewhere.k3s ? Where.k3s() : Where.embedded();
    }

    private int tell(Story story, Where where, String namespace, PrintWriter out) throws Exception {
        where.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("app.kubernetes.io/managed-by", "statefulkit-samples")
                        .endMetadata()
                        .build())
                .create();
        StatefulKit kit = StatefulKit.on(where.client()).inNamespace(namespace).withProgress(new Progress(out));
        try {
            story.tell(new Stage(kit, line -> {
                out.println(line);
                out.flush();
            }));
            out.println();
            out.println(story.name() + ": everything held");
            return 0;
        } catch (StoryFailedException e) {
            out.println();
            out.println("FAILED: " + e.getMessage());
            return 1;
        } finally {
            out.flush();
            if (keep) {
                out.println("the cluster stays until you interrupt this (Ctrl-C)");
                out.flush();
                Thread.currentThread().join();
            }
            where.client().namespaces().withName(namespace).delete();
        }
    }
}
