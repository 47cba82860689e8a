package io.statefulkit.cluster;

import com.github.dockerjava.api.model.HostConfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** Everything that needs Testcontainers. */
final class K3sContainers {

    private static final Logger LOG = LoggerFactory.getLogger(K3sContainers.class);

    private static final String PROVISIONER = "local-path-provisioner";

    private K3sContainers() {}

    static Optional<String> obstacle() {
        Optional<String> mismatch = TestcontainersLine.mismatch(
                TestcontainersLine.location(K3sContainer.class),
                TestcontainersLine.location(DockerClientFactory.class));
        if (mismatch.isPresent()) {
            return Optional.of("the parts of Testcontainers on the class path do not fit together: " + mismatch.get());
        }
        return DockerClientFactory.instance().isDockerAvailable()
                ? Optional.empty()
                : Optional.of("no Docker engine answers");
    }

    /** Whether containers see the cgroups of the machine decides on some machines whether k3s starts, and neither way works on all. */
    static Cluster start(ClusterSettings settings) {
        try {
            return start(settings, false);
        } catch (RuntimeException first) {
            LOG.info("k3s did not start with the cgroups of the machine, trying with its own: {}", first.getMessage());
            try {
                return start(settings, true);
            } catch (RuntimeException second) {
                second.addSuppressed(first);
                throw new ClusterStartException(
                        "k3s did not start: "
                                + explained(second).or(() -> explained(first)).orElse(second.getMessage()),
                        second);
            }
        }
    }

    private static Optional<String> explained(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> K3sTrouble.explain(String.valueOf(cause.getMessage())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Cluster start(ClusterSettings settings, boolean hasOwnCgroups) {
        K3sContainer container = container(settings, hasOwnCgroups);
        K3sLog log = new K3sLog();
        container.withLogConsumer(log);
        try {
            container.start();
        } catch (RuntimeException e) {
            throw new ClusterStartException(
                    K3sTrouble.explain(log.text()).orElse(String.valueOf(e.getMessage())) + "; the end of its log:\n"
                            + log.text(),
                    e);
        }
        try {
            Path kubeconfig = write(container.getKubeConfigYaml());
            KubernetesClient client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(container.getKubeConfigYaml()))
                    .build();
            awaitUsable(client, settings.startTimeout());
            awaitProvisioner(client, settings.startTimeout());
            return new ClientCluster(
                    ProviderKind.K3S,
                    client,
                    kubeconfig,
                    (namespace, pod, name) -> kill(container, namespace, pod, name),
                    () -> {
                        client.close();
                        container.stop();
                    });
        } catch (RuntimeException e) {
            container.stop();
            throw e;
        }
    }

    private static K3sContainer container(ClusterSettings settings, boolean hasOwnCgroups) {
        DockerImageName image = DockerImageName.parse(settings.k3sImage()).asCompatibleSubstituteFor("rancher/k3s");
        K3sContainer container = new K3sContainer(image);
        container.withCommand(K3sCommand.server(settings.k3sImage(), container.getHost(), isCgroup1()));
        container.waitingFor(new K3sReady());
        container.withStartupTimeout(settings.startTimeout());
        if (hasOwnCgroups) {
            container.setBinds(new ArrayList<>());
            container.withCreateContainerCmdModifier(
                    command -> Objects.requireNonNullElseGet(command.getHostConfig(), HostConfig::new)
                            .withCgroupnsMode("private"));
        }
        return container;
    }

    private static boolean isCgroup1() {
        return !Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    }

    /** That the API server is ready says nothing about whether a pod with a claim can run. */
    private static void awaitUsable(KubernetesClient client, Duration timeout) {
        try {
            Awaitility.await()
                    .atMost(timeout)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreException(KubernetesClientException.class)
                    .until(() -> isUsable(client));
        } catch (ConditionTimeoutException e) {
            throw new ClusterStartException(
                    "its API answers, but within " + timeout.toSeconds()
                            + " s there was no ready node with a default service account and a storage class",
                    e);
        }
    }

    /** Without it, claims wait. Its image is pulled first, which on a slow network takes longer than a cluster that is fine. */
    private static void awaitProvisioner(KubernetesClient client, Duration timeout) {
        try {
            Awaitility.await()
                    .atMost(timeout)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreException(KubernetesClientException.class)
                    .until(() ->
                            client
                                    .pods()
                                    .inNamespace("kube-system")
                                    .withLabel("app", PROVISIONER)
                                    .list()
                                    .getItems()
                                    .stream()
                                    .anyMatch(Readiness::isPodReady));
        } catch (ConditionTimeoutException e) {
            LOG.warn("{} was not ready within {} s: claims wait until it is", PROVISIONER, timeout.toSeconds());
        }
    }

    private static boolean isUsable(KubernetesClient client) {
        boolean hasNode = client.nodes().list().getItems().stream()
                .anyMatch(node -> node.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus())));
        return hasNode
                && client.serviceAccounts()
                                .inNamespace("default")
                                .withName("default")
                                .get()
                        != null
                && !client.storage().v1().storageClasses().list().getItems().isEmpty();
    }

    private static void kill(K3sContainer node, String namespace, String pod, String container) {
        String id = run(node, K3sCommand.find(namespace, pod, container)).strip();
        if (id.isEmpty() || id.contains("\n")) {
            throw new IllegalStateException("expected one running container " + container + " of pod " + namespace + "/"
                    + pod + ", found: " + (id.isEmpty() ? "none" : id));
        }
        String unused = run(node, K3sCommand.kill(id));
        LOG.debug("killed container {}: {}", id, unused);
    }

    private static String run(K3sContainer node, String... command) {
        try {
            ExecResult result = node.execInContainer(command);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " ended with " + result.getExitCode() + ": " + result.getStderr());
            }
            return result.getStdout();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + String.join(" ", command) + " in the node", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + String.join(" ", command) + " ran in the node", e);
        }
    }

    private static Path write(String kubeconfig) {
        try {
            Path file = Files.createTempFile(
                    "statefulkit-k3s-",
                    ".kubeconfig",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            file.toFile().deleteOnExit();
            return Files.writeString(file, kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the kubeconfig of the cluster", e);
        }
    }
}
