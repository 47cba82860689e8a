package io.statefulkit.cluster.embedded;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ClusterStartException;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.client.ClientCluster;
import io.statefulkit.cluster.run.BuildProcess;
import io.statefulkit.cluster.run.RunLock.Noted;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * An embedded cluster in a JVM of its own, which several JVMs share: the first that needs it starts it, and it ends after the last. So none
 * of them takes it away from the others when it ends.
 *
 * @param settings what is asked for
 * @param place where it is found
 * @param patience how long it goes on without a user
 */
record SharedEmbedded(ClusterSettings settings, SharedPlace place, Duration patience) {

    private static final int PATIENCE_OF_CLIENT = 60_000;

    /** Between two JVMs of a build that run one after the other there is a second. */
    private static final Duration WITHIN_A_BUILD = Duration.ofSeconds(15);

    private static final Duration BETWEEN_RUNS = Duration.ofMinutes(10);

    /**
     * The one that these settings mean.
     *
     * @throws ClusterStartException when it is for the JVMs of a build, and which one that is cannot be told
     */
    static SharedEmbedded of(ClusterSettings settings) {
        String key = SharedKey.of(settings, System.getProperty("java.class.path", ""));
        return switch (settings.reuse()) {
            case PER_BUILD ->
                new SharedEmbedded(
                        settings,
                        SharedPlace.named(BuildProcess.ofThisJvm()
                                .orElseThrow(() -> new ClusterStartException(
                                        "the system does not tell which process started this JVM"))
                                .place(key)),
                        WITHIN_A_BUILD);
            case ACROSS_RUNS -> new SharedEmbedded(settings, SharedPlace.named("runs-" + key), BETWEEN_RUNS);
            case PER_RUN, PER_CLASS ->
                throw new IllegalArgumentException("a cluster with the reuse " + settings.reuse() + " is not shared");
        };
    }

    /**
     * Takes the one that is there, or starts it; one that does not answer any more is replaced.
     *
     * @throws ClusterStartException when it does not start
     */
    Cluster join() {
        return place.prepared().lock().within(note -> new Noted<>(entered(), ""));
    }

    private Cluster entered() {
        AutoCloseable use = new SharedUsers(place.users()).enter();
        try {
            KubernetesClient client = running().orElseGet(this::started);
            return new ClientCluster(
                    ProviderKind.EMBEDDED,
                    client,
                    place.kubeconfig(),
                    new SharedKill(new EmbeddedKill(client)),
                    () -> leave(client, use));
        } catch (RuntimeException e) {
            leave(use, e);
            throw e;
        }
    }

    private static void leave(KubernetesClient client, AutoCloseable use) throws Exception {
        client.close();
        use.close();
    }

    private static void leave(AutoCloseable use, RuntimeException failure) {
        try {
            use.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    private Optional<KubernetesClient> running() {
        return place.published().flatMap(SharedEmbedded::answering);
    }

    private static Optional<KubernetesClient> answering(String kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig);
        config.setConnectionTimeout(PATIENCE_OF_CLIENT);
        config.setRequestTimeout(PATIENCE_OF_CLIENT);
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        try {
            if (EmbeddedKill.isThere(client)) {
                return Optional.of(client);
            }
        } catch (KubernetesClientException e) {
            // Its JVM was killed, and said nothing.
            client.close();
            return Optional.empty();
        }
        client.close();
        return Optional.empty();
    }

    private KubernetesClient started() {
        place.retract();
        Process host = launched();
        try {
            return awaited(host);
        } catch (RuntimeException e) {
            host.destroyForcibly();
            throw e;
        }
    }

    private KubernetesClient awaited(Process host) {
        try {
            Awaitility.await()
                    .atMost(settings.startTimeout())
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> place.published().isPresent() || !host.isAlive());
        } catch (ConditionTimeoutException e) {
            throw failed("it was not there within " + settings.startTimeout().toSeconds() + " s");
        }
        return running().orElseThrow(() -> failed("its JVM ended"));
    }

    /** Nothing of it is of this JVM: whoever waits until all who can write to our output have ended does not wait for it. */
    private Process launched() {
        List<String> command = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.addAll(List.of("-cp", classPath(), EmbeddedHost.class.getName()));
        command.addAll(EmbeddedHost.arguments(settings, place, patience));
        try {
            Files.write(
                    place.arguments(),
                    command.stream().map(SharedEmbedded::quoted).toList());
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "@" + place.arguments())
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(place.log().toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM for the cluster", e);
        }
    }

    private static String classPath() {
        return List.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1)).stream()
                .filter(part -> !part.isEmpty())
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String quoted(String argument) {
        return "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private ClusterStartException failed(String why) {
        try {
            List<String> log = Files.readAllLines(place.log());
            return new ClusterStartException("the embedded cluster for several JVMs did not start, " + why + ":\n"
                    + String.join("\n", log.subList(Math.max(0, log.size() - 10), log.size())));
        } catch (IOException e) {
            return new ClusterStartException("the embedded cluster for several JVMs did not start, " + why, e);
        }
    }
}
