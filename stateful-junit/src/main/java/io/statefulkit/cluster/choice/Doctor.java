package io.statefulkit.cluster.choice;

import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterProvider;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ClusterStartException;
import io.statefulkit.cluster.ProviderKind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Says in a second which clusters this machine can run tests on, and what is in the way of the others. Starts nothing.
 *
 * <p>Run it on the class path of the tests: {@code java -cp … io.statefulkit.cluster.choice.Doctor}. The exit code is 0 when the provider that
 * tests get without asking can be started.
 */
public final class Doctor {

    private static final long NEEDED_GIGABYTES = 5;
    private static final int NEEDED_INOTIFY_INSTANCES = 256;

    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final List<ClusterProvider> providers;
    private final Path root;
    private final Duration limit;

    Doctor(List<ClusterProvider> providers, Path root, Duration limit) {
        this.providers = List.copyOf(providers);
        this.root = root;
        this.limit = limit;
    }

    /** Prints what it finds to standard output, a line each. */
    public static void main(String[] args) {
        int exit = new Doctor(Providers.all(), Path.of("/"), LIMIT).report(System.out);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    int report(PrintStream out) {
        return report(out, ClusterSettings.defaults());
    }

    private int report(PrintStream out, ClusterSettings settings) {
        List<ClusterProvider> glanced =
                glances(settings).stream().map(CompletableFuture::join).toList();
        glanced.forEach(provider -> out.println(line(provider, settings)));
        facts().forEach(fact -> out.println("  " + fact));
        try {
            Selection selection = Selection.of(settings, glanced);
            out.println("tests run on " + selection.provider().kind() + ", since " + selection.reason());
            return 0;
        } catch (ClusterStartException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    /** All look at the same time, and nobody is waited for when the time is over. */
    private List<CompletableFuture<ClusterProvider>> glances(ClusterSettings settings) {
        return providers.stream().map(provider -> glance(provider, settings)).toList();
    }

    private CompletableFuture<ClusterProvider> glance(ClusterProvider provider, ClusterSettings settings) {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Thread looking = new Thread(() -> look(provider, settings, answer), "statefulkit-doctor");
        looking.setDaemon(true);
        looking.start();
        return answer.completeOnTimeout(
                        Optional.of("there was no answer within " + limit.toMillis() + " ms"),
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS)
                .thenApply(obstacle -> new Glanced(provider.kind(), obstacle));
    }

    private static void look(
            ClusterProvider provider, ClusterSettings settings, CompletableFuture<Optional<String>> answer) {
        try {
            answer.complete(provider.glance(settings));
        } catch (RuntimeException e) {
            answer.complete(Optional.of("it could not be told: " + e));
        }
    }

    /** One of whom is known what is in the way. */
    private record Glanced(ProviderKind kind, Optional<String> obstacle) implements ClusterProvider {

        @Override
        public Optional<String> obstacle(ClusterSettings settings) {
            return obstacle;
        }

        @Override
        public Cluster start(ClusterSettings settings) {
            throw new ClusterStartException("a doctor starts nothing");
        }
    }

    private static String line(ClusterProvider provider, ClusterSettings settings) {
        return String.format(
                "%-10s %s",
                provider.kind(),
                provider.obstacle(settings).map(obstacle -> "no: " + obstacle).orElse("yes"));
    }

    /** What makes the start of k3s fail, or pods wait, on machines where a Docker engine answers. */
    private List<String> facts() {
        List<String> facts = new ArrayList<>();
        facts.add(
                Files.exists(root.resolve("sys/fs/cgroup/cgroup.controllers"))
                        ? "cgroups: version 2"
                        : "cgroups: version 1; k3s from 1.35 on starts with fail-cgroupv1=false, which is added by"
                                + " itself");
        inotify().ifPresent(facts::add);
        disk().ifPresent(facts::add);
        return facts;
    }

    private Optional<String> inotify() {
        Path file = root.resolve("proc/sys/fs/inotify/max_user_instances");
        try {
            int instances = Integer.parseInt(Files.readString(file).strip());
            return Optional.of("inotify instances: " + instances
                    + (instances < NEEDED_INOTIFY_INSTANCES
                            ? "; several clusters at a time need more: sysctl fs.inotify.max_user_instances=512"
                            : ""));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<String> disk() {
        try {
            FileStore store = Files.getFileStore(root);
            long free = store.getUsableSpace() / 1_000_000_000;
            return Optional.of("free disk: " + free + " GB"
                    + (free < NEEDED_GIGABYTES
                            ? "; a node with little space takes no pods: docker system prune gives some back"
                            : ""));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
