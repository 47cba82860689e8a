package io.statefulkit.junit;

import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.drainNode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.choice.ClusterRegistry;
import io.statefulkit.cluster.testing.AllObjects;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.survival.Reports;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.disruption.power.UnmetNeedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Test classes on a cluster that exists already, which is an embedded one that nobody else uses. */
class KubeconfigRunIT {

    private static final EmbeddedCluster CLUSTER = EmbeddedCluster.start();

    @AfterAll
    static void end() {
        CLUSTER.close();
    }

    static final StatefulWorkload QUEUE = StatefulWorkload.named("queue")
            .withImage("registry.k8s.io/pause:3.10")
            .withVolumeClaimTemplate(Claim.named("data"), "/data");

    private static final String PASSWORD = "hunter2+and/more";
    private static final List<StatefulCluster.Info> RAN = new CopyOnWriteArrayList<>();

    /** What the build is told to run its tests on would win over what these are told. */
    private static final class TheseSettings implements BeforeAllCallback {

        @Override
        public void beforeAll(ExtensionContext context) {
            Scopes.use(ClusterRegistry.ofThisJvm(), context);
        }
    }

    @ExtendWith(TheseSettings.class)
    @StatefulCluster(provider = ProviderKind.KUBECONFIG)
    static class BusyCase {

        @Deployed("QUEUE")
        private @Nullable WorkloadHandle queue;

        @Test
        void operates(StatefulCluster.Info info, KubernetesClient client) {
            RAN.add(info);
            WorkloadHandle handle = Objects.requireNonNull(queue);
            handle.deletePod(0).awaitReplacement();
            handle.rolloutRestart().await();
            handle.scale(2).await();
            assertThatThrownBy(() -> Survival.ofFiles(handle, "/data")
                            .with(ClusterPowers.of(client, ClusterRegistry.ofThisJvm()))
                            .through(drainNode()))
                    .isInstanceOf(UnmetNeedException.class)
                    .hasMessageStartingWith(
                            "drainNode(0) needs CORDON (to keep new pods away from a node), which is not to be had"
                                    + " here: the cluster exists already, and nobody allowed to reach into its nodes;");
            assertThatThrownBy(() -> Survival.ofFiles(handle, "/data")
                            .with(ClusterPowers.of(client, ClusterRegistry.ofThisJvm()))
                            .through(crashProcess()))
                    .isInstanceOf(UnmetNeedException.class)
                    .hasMessageStartingWith(
                            "crashProcess(0) needs KILL (to kill a process from outside of its container), which is"
                                    + " not to be had here: the cluster exists already, and nobody allowed to reach into"
                                    + " its nodes; STATEFULKIT_ALLOW_NODE_DISRUPTIONS=true does");
            assertThatThrownBy(() -> Survival.ofFiles(handle, "/data").through(crashProcess()))
                    .isInstanceOf(UnmetNeedException.class)
                    .hasMessageEndingWith(
                            "which is not to be had here: nobody told the run how: see Survival.with(Powers)");
        }
    }

    @ExtendWith(TheseSettings.class)
    @StatefulCluster(provider = ProviderKind.KUBECONFIG)
    static class LeakyCase {

        @Test
        void fails_with_a_password(KubernetesClient client, StatefulCluster.Info info) {
            RAN.add(info);
            client.secrets()
                    .resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName("admin")
                            .endMetadata()
                            .addToStringData("dsn", PASSWORD)
                            .build())
                    .create();
            client.v1()
                    .events()
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withName("talker")
                            .endMetadata()
                            .withNewInvolvedObject()
                            .withKind("Pod")
                            .withName("none")
                            .withNamespace(info.namespace())
                            .endInvolvedObject()
                            .withType("Warning")
                            .withReason("Talks")
                            .withMessage("the password is " + PASSWORD)
                            .build())
                    .create();
            IllegalStateException failure = new IllegalStateException("refused " + PASSWORD, new IOException(PASSWORD));
            failure.addSuppressed(new IOException("also " + base64("admin:" + PASSWORD)));
            throw failure;
        }

        @AfterEach
        void fails_again() {
            throw new IllegalStateException("the second: " + PASSWORD);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void run(Class<?> type, int failures) {
        EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(type))
                .configurationParameter(
                        "statefulkit.kubeconfig", CLUSTER.kubeconfig().toString())
                .configurationParameter("statefulkit.allowContexts", ".*")
                .execute()
                .allEvents()
                .assertStatistics(statistics -> statistics.failed(failures));
    }

    @Test
    void nothing_that_is_not_of_tests_changes_while_they_deploy_disrupt_and_clean_up() throws IOException {
        Map<String, String> before = AllObjects.of(CLUSTER.client(), Set.of());

        run(BusyCase.class, 0);
        run(LeakyCase.class, 1);

        Set<String> ours = RAN.stream().map(StatefulCluster.Info::namespace).collect(Collectors.toSet());
        assertThat(ours).hasSize(2);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(AllObjects.of(CLUSTER.client(), ours)).isEqualTo(before));
        assertThat(before.keySet()).anySatisfy(key -> assertThat(key).startsWith("nodes "));
        assertThatAllIsRedacted();
    }

    /** The directory of a failure is named after its test. */
    private static void assertThatAllIsRedacted() throws IOException {
        try (Stream<Path> directories = Files.list(Reports.directory().resolve("failures"))) {
            Path directory = directories
                    .filter(it -> it.getFileName().toString().startsWith("leaky-case-fails-with-a-password-"))
                    .max(Comparator.comparing(it -> it.toFile().lastModified()))
                    .orElseThrow();
            assertThat(directory.resolve("failure.txt"))
                    .content()
                    .startsWith("java.lang.IllegalStateException: refused (redacted)")
                    .contains("Suppressed: java.io.IOException: also ", "Caused by: java.io.IOException: (redacted)")
                    .contains("java.lang.IllegalStateException: the second: (redacted)");
            assertThat(directory.resolve("events.txt")).content().contains("the password is (redacted)");
            assertThat(directory.resolve("timeline.txt")).content().contains("the password is (redacted)");
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files)
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(file)
                                .content()
                                .doesNotContain("hunter2", base64(PASSWORD), base64("admin:" + PASSWORD)));
            }
        }
    }
}
