package io.statefulkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetActionBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.statefulkit.embedded.node.probe.NetworkProbes;
import io.statefulkit.embedded.node.probe.ProbeResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmbeddedClusterIT {

    @Test
    void it_starts_serves_and_leaves_nothing_behind() throws IOException {
        EmbeddedCluster cluster = EmbeddedCluster.start();
        cluster.client()
                .configMaps()
                .inNamespace("default")
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("first")
                        .endMetadata()
                        .addToData("k", "v")
                        .build())
                .create();
        assertThat(cluster.client()
                        .configMaps()
                        .inNamespace("default")
                        .withName("first")
                        .get()
                        .getData())
                .containsEntry("k", "v");
        assertThat(Files.readString(cluster.kubeconfig())).contains(cluster.url());

        int port = URI.create(cluster.url()).getPort();
        // Probes do not check certificates, and this one is known to nobody.
        assertThat(new NetworkProbes(new Container(), "127.0.0.1")
                        .http(
                                new HTTPGetActionBuilder()
                                        .withScheme("HTTPS")
                                        .withPath("/healthz")
                                        .withPort(new IntOrString(port))
                                        .build(),
                                Duration.ofSeconds(60)))
                .isEqualTo(ProbeResult.OK);
        cluster.close();
        cluster.close();
        assertThat(cluster.kubeconfig()).doesNotExist();
        assertThat(cluster.kubeconfig().getParent()).doesNotExist();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_pod_runs_and_ends_with_its_cluster() {
        ProcessHandle process;
        try (EmbeddedCluster cluster = EmbeddedCluster.start()) {
            Resource<Pod> pod = cluster.client()
                    .pods()
                    .inNamespace("default")
                    .resource(new PodBuilder()
                            .withNewMetadata()
                            .withName("sleeper")
                            .endMetadata()
                            .withNewSpec()
                            .addNewContainer()
                            .withName("c")
                            .withImage("busybox")
                            .withCommand("sh", "-c", "sleep 7654321")
                            .endContainer()
                            .endSpec()
                            .build());
            pod.create();
            pod.waitUntilCondition(
                    seen -> seen != null && seen.getStatus().getPhase().equals("Running"), 60, TimeUnit.SECONDS);
            process = sleeper().findFirst().orElseThrow();
            assertThat(process.isAlive()).isTrue();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive());
    }

    private static Stream<ProcessHandle> sleeper() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("sleep 7654321"));
    }

    @Test
    void a_port_in_use_is_refused_and_nothing_stays() {
        try (EmbeddedCluster first = EmbeddedCluster.start()) {
            int port = URI.create(first.url()).getPort();
            EmbeddedOptions options = EmbeddedOptions.defaults().withPort(port);
            assertThatThrownBy(() -> EmbeddedCluster.start(options).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("choose another port");
        }
    }
}
