package io.statefulkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.handle.pod.PodReplacement;
import io.statefulkit.handle.pod.Replacement;
import io.statefulkit.handle.pod.Rollout;
import io.statefulkit.testing.BreakingProxy;
import io.statefulkit.testing.Programs;
import io.statefulkit.testing.SharedCluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What operations ask of the API server, and what they make of it when it breaks their connections. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionsIT {

    private final StatefulKit direct = SharedCluster.kit("connections");
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private BreakingProxy proxy;
    private KubernetesClient client;
    private WorkloadHandle gate;

    /** Ready only while there is no file {@code closed} on its volume. */
    @BeforeAll
    void deploy_behind_a_proxy() throws IOException {
        Config config = Config.fromKubeconfig(SharedCluster.kubeconfig());
        URI api = URI.create(config.getMasterUrl());
        proxy = BreakingProxy.to(new InetSocketAddress(api.getHost(), api.getPort() < 0 ? 443 : api.getPort()));
        config.setMasterUrl(api.getScheme() + "://127.0.0.1:" + proxy.port() + "/");
        // The certificate is for the name of the server, which the proxy does not have.
        config.setDisableHostnameVerification(true);
        client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("count", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        requests.add(request.method() + " " + request.uri().getPath());
                    }
                }))
                .build();
        gate = StatefulKit.on(client)
                .inNamespace(direct.namespace())
                .deploy(Programs.program("gate").withReadyCommand("sh", "-c", "! test -e /data/closed"));
    }

    @AfterAll
    void close() throws IOException {
        client.close();
        proxy.close();
    }

    @Test
    void a_recovery_costs_the_same_few_requests_however_long_it_takes() {
        gate.deletePod(0).awaitReplacement();
        requests.clear();
        Replacement counted = gate.deletePod(0).awaitReplacement();
        List<String> few = List.copyOf(requests);
        WorkloadHandle other = direct.attach("gate", WorkloadHandle.class);
        other.exec("touch", "/data/closed").orThrow();

        requests.clear();
        PodReplacement pending = gate.deletePod(0);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> other.status().pods().stream()
                        .anyMatch(pod ->
                                pod.phase().equals("Running") && !pod.uid().equals(counted.newUid())));
        await().pollDelay(Duration.ofSeconds(2))
                .until(() -> other.exec("rm", "/data/closed").ok());
        Replacement slow = pending.awaitReplacement();

        // A watch that is silent for 45 s is begun anew.
        assumeTrue(slow.recovery().toSeconds() < 40, "the machine is too busy to count");
        assertThat(requests).as("requests of a slow recovery").hasSameSizeAs(few);
        assertThat(few)
                .as("a list and a watch each of the workload, its pods and events, and the deletion")
                .hasSize(7)
                .filteredOn(request -> request.startsWith("DELETE"))
                .hasSize(1);
    }

    @Test
    void broken_watches_are_begun_anew_in_the_middle_of_a_replacement_and_a_rollout() {
        WorkloadHandle other = direct.attach("gate", WorkloadHandle.class);

        PodReplacement replacement = gate.deletePod(0);
        int broken = proxy.breakAll();
        Replacement seen = replacement.awaitReplacement();

        assertThat(broken).isPositive();
        assertThat(other.status().pods().get(0).uid()).isEqualTo(seen.newUid());
        Rollout rollout = gate.rolloutRestart();
        proxy.breakAll();
        assertThat(rollout.await().newUids())
                .containsEntry("gate-0", other.status().pods().get(0).uid());
        Rollout down = gate.scale(0);
        proxy.breakAll();
        assertThat(down.await().newUids()).isEmpty();
        assertThat(gate.scale(1).await().newUids()).containsOnlyKeys("gate-0");
    }
}
