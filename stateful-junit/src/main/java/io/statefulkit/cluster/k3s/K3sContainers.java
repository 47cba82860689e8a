package io.statefulkit.cluster.k3s;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ClusterStartException;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.Reuse;
import io.statefulkit.cluster.client.ClientCluster;
import io.statefulkit.cluster.run.RunLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;
import org.testcontainers.utility.TestcontainersConfiguration;

/** Starts k3s by Testcontainers. */
final class K3sContainers {

    private static final Logger LOG = LoggerFactory.getLogger(K3sContainers.class);

    private static final Duration LONGEST_START = Duration.ofSeconds(30);

    /** It shares the machine with the tests: an answer may take longer than the usual 10 seconds when that is busy. */
    private static final int PATIENCE_OF_CLIENT = 60_000;

    private final ClusterSettings settings;
    private final K3sEngine engine;

    private K3sContainers(ClusterSettings settings, K3sEngine engine) {
        this.settings = settings;
        this.engine = engine;
    }

    static Optional<String> obstacle(ClusterSettings settings, DockerProbe probe) {
        DockerProbe asked = isAnotherAsGood(settings) ? probe : probe.patiently();
        return mismatch()
                .or(() -> asked.obstacle(() -> images(settings, asked)))
                .or(() -> unwilling(settings));
    }

    static Optional<String> glance(ClusterSettings settings, DockerProbe probe) {
        return mismatch().or(() -> probe.glance(() -> images(settings, probe)));
    }

    private static Optional<String> mismatch() {
        return TestcontainersLine.mismatch(
                        TestcontainersLine.location(K3sContainer.class),
                        TestcontainersLine.location(DockerClientFactory.class))
                .map(why -> "the parts of Testcontainers on the class path do not fit together: " + why);
    }

    /** What a start pulls, unless it is there, by the names that Testcontainers is configured to use. */
    private static List<String> images(ClusterSettings settings, DockerProbe probe) {
        return Stream.concat(Stream.of(settings.k3s().image()), probe.reaper().stream())
                .map(K3sContainers::configuredName)
                .toList();
    }

    /** A name without a version stays one. */
    private static String configuredName(String image) {
        String name = ImageNameSubstitutor.instance()
                .apply(DockerImageName.parse(image))
                .asCanonicalNameString();
        return image.contains(":") ? name : name.replaceAll(":latest$", "");
    }

    /** Whether an embedded cluster would be taken instead. */
    private static boolean isAnotherAsGood(ClusterSettings settings) {
        return settings.provider() == ProviderKind.AUTO && !settings.failWithoutDocker();
    }

    /** What Testcontainers itself says. Where another cluster does as well, it is not waited for as long as it tries. */
    private static Optional<String> unwilling(ClusterSettings settings) {
        CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
        Thread asking = new Thread(() -> answer.complete(unwilling()), "statefulkit-testcontainers");
        asking.setDaemon(true);
        asking.start();
        Duration most = isAnotherAsGood(settings)
                ? LONGEST_START
                : settings.startTimeout().plus(LONGEST_START);
        return answer.completeOnTimeout(
                        Optional.of("Testcontainers was not ready within " + most.toSeconds() + " s"),
                        most.toSeconds(),
                        TimeUnit.SECONDS)
                .join();
    }

    private static Optional<String> unwilling() {
        try {
            return DockerClientFactory.instance().isDockerAvailable()
                    ? Optional.empty()
                    : Optional.of("no Docker engine answers");
        } catch (RuntimeException e) {
            // An engine without the usual network, for one: whoever did not ask for k3s by name gets another cluster.
            return Optional.of("a Docker engine answers, but not as Testcontainers needs it: " + reasons(e));
        } catch (LinkageError e) {
            return Optional.of("the parts of Testcontainers on the class path do not fit together: " + e.getMessage());
        }
    }

    static Cluster start(ClusterSettings settings) {
        ClusterSettings possible = possible(settings);
        K3sContainers containers = new K3sContainers(possible, K3sEngine.ask());
        return possible.reuse() == Reuse.ACROSS_RUNS
                // The cluster of an earlier run that turns out to be ill is removed, and another one is started in the
                // same way.
                ? RunLock.named("k3s").within(last -> containers.start(last, 2))
                : containers.start("", 1).value();
    }

    /** Without the reuse that cannot be: it makes tests faster, but nothing else of them depends on it. */
    private static ClusterSettings possible(ClusterSettings settings) {
        if (settings.reuse() == Reuse.PER_BUILD) {
            LOG.info("k3s is for this JVM alone: what several share, goes on after them, as ACROSS_RUNS says");
            return settings.withReuse(Reuse.PER_RUN);
        }
        if (settings.reuse() != Reuse.ACROSS_RUNS) {
            return settings;
        }
        String reason = settings.nodes() > 1
                ? "its nodes share a network of this run"
                : TestcontainersConfiguration.getInstance().environmentSupportsReuse()
                        ? ""
                        : "Testcontainers does not allow it: set testcontainers.reuse.enable=true in"
                                + " ~/.testcontainers.properties";
        if (reason.isEmpty()) {
            return settings;
        }
        LOG.info("k3s is not reused across runs, since {}", reason);
        return settings.withReuse(Reuse.PER_RUN);
    }

    private RunLock.Noted<Cluster> start(String last, int times) {
        List<RuntimeException> failures = new ArrayList<>();
        List<K3sCgroups> ladder = K3sCgroups.ladder(engine.name(), last);
        for (K3sCgroups cgroups : ladder) {
            for (int i = 0; i < (cgroups == ladder.get(0) ? times : 1); i++) {
                try {
                    return new RunLock.Noted<>(start(cgroups), cgroups.name());
                } catch (RuntimeException e) {
                    failures.add(e);
                    LOG.info("k3s did not start with the cgroups {}: {}", cgroups, e.getMessage());
                    if (explained(e).stream().anyMatch(K3sTrouble::isFinal)) {
                        throw failed(failures);
                    }
                }
            }
        }
        throw failed(failures);
    }

    private static ClusterStartException failed(List<RuntimeException> failures) {
        RuntimeException last = failures.get(failures.size() - 1);
        failures.stream().filter(failure -> failure != last).forEach(last::addSuppressed);
        return new ClusterStartException(
                "k3s did not start: "
                        + failures.stream()
                                .flatMap(failure -> explained(failure).stream())
                                .findFirst()
                                .orElse(String.valueOf(last.getMessage())),
                last);
    }

    private static Optional<String> explained(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> K3sTrouble.explain(String.valueOf(cause.getMessage())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Testcontainers says what it did not manage, and why only further down. */
    private static String reasons(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> String.valueOf(cause.getMessage()))
                .distinct()
                .collect(Collectors.joining(": "));
    }

    private Cluster start(K3sCgroups cgroups) {
        K3sNodes nodes = K3sNodes.of(settings, engine, cgroups);
        try {
            start(nodes);
            return cluster(nodes);
        } catch (RuntimeException e) {
            nodes.stop();
            throw e;
        }
    }

    /** A container that did not start is removed with its log. */
    private static void start(K3sNodes nodes) {
        try {
            nodes.start();
        } catch (RuntimeException e) {
            String log = nodes.log().text();
            throw new ClusterStartException(
                    K3sTrouble.explain(log).or(() -> explained(e)).orElseGet(() -> reasons(e))
                            + (log.isEmpty() ? "" : "; the end of its log:\n" + log),
                    e);
        }
    }

    private Cluster cluster(K3sNodes nodes) {
        String kubeconfig = nodes.server().getKubeConfigYaml();
        Config config = Config.fromKubeconfig(kubeconfig);
        config.setRequestTimeout(PATIENCE_OF_CLIENT);
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        try {
            K3sUsable usable = new K3sUsable(client, settings.nodes(), settings.startTimeout());
            usable.await();
            K3sImages images = new K3sImages(engine.platform());
            settings.k3s().preload().stream()
                    .filter(image -> !K3sImages.isArchive(image))
                    .forEach(image -> images.load(image, nodes.all()));
            usable.awaitProvisioner();
            return new ClientCluster(
                    ProviderKind.K3S, client, KubeconfigFile.write(kubeconfig), nodes::kill, () -> end(nodes, client));
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** One that is to be reused goes on. */
    private void end(K3sNodes nodes, KubernetesClient client) {
        client.close();
        if (settings.reuse() != Reuse.ACROSS_RUNS) {
            nodes.stop();
        }
    }
}
