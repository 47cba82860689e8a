package io.statefulkit.embedded;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;

/** Makes the client that a cluster hands out. */
final class ClusterClient {

    // The server is in this JVM: what is slow is the machine, and a wait longer than the client's 10 s is all that
    // helps.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ClusterClient() {}

    static KubernetesClient of(Kubeconfig kubeconfig) {
        // Nothing of the user's own configuration may leak into this client: neither a kubeconfig nor a proxy.
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(kubeconfig.server())
                .withCaCertData(kubeconfig.encodedCertificate())
                .withOauthToken(kubeconfig.token())
                .withNamespace("default")
                .withConnectionTimeout((int) PATIENCE.toMillis())
                .withRequestTimeout((int) PATIENCE.toMillis())
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("gzip", new TakesGzip()))
                .build();
    }
}
