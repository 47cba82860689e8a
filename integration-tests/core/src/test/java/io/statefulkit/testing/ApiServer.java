package io.statefulkit.testing;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.statefulkit.embedded.api.ContainerStreams;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.http.Gateway;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A real API server without controllers and without a node: the test says what pods there are and where they lead. */
public final class ApiServer implements AutoCloseable {

    public static final Map<String, String> LABELS = Map.of("app", "db");

    private static final int PATIENCE = 60_000;

    private final StoreApi api = new StoreApi(Clock.systemUTC());
    private final Gateway gateway;
    private final KubernetesClient client;
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    public ApiServer(ContainerStreams streams) {
        this.gateway = Gateway.start(api, streams, Clock.systemUTC(), "secret", 0);
        String certificate =
                Base64.getEncoder().encodeToString(gateway.certificate().getBytes(StandardCharsets.US_ASCII));
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(gateway.url())
                .withCaCertData(certificate)
                .withOauthToken("secret")
                .withNamespace("default")
                // On a busy machine the first connection of a JVM can take longer than the usual 10 s.
                .withConnectionTimeout(PATIENCE)
                .withRequestTimeout(PATIENCE)
                .build();
        this.client = new KubernetesClientBuilder().withConfig(config).build();
    }

    public KubernetesClient client() {
        return client;
    }

    /** Lets a pod have an address on this machine when it is ready next time; without one it can be reached only through us. */
    public void placeOnThisMachine(String name, String address) {
        addresses.put(name, address);
    }

    public Pod createReadyPod(String name) {
        createPod(name);
        return setReady(name, true);
    }

    public Pod createPod(String name) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("db")
                .withImage("db:1")
                .endContainer()
                .endSpec()
                .build();
        return client.pods().inNamespace("default").resource(pod).create();
    }

    public Pod setReady(String name, boolean ready) {
        return client.pods()
                .inNamespace("default")
                .withName(name)
                .editStatus(pod -> new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase("Running")
                        .withPodIP(addresses.get(name))
                        .withHostIP(addresses.containsKey(name) ? "127.0.0.1" : null)
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus(ready ? "True" : "False")
                        .endCondition()
                        .endStatus()
                        .build());
    }

    /** Deletes a pod at once, as when its node has confirmed that it is gone. */
    public void removePod(String name) {
        client.pods().inNamespace("default").withName(name).withGracePeriod(0).delete();
    }

    @Override
    public void close() {
        client.close();
        gateway.close();
        api.close();
    }
}
