package io.statefulkit.embedded;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;

/** Makes the client that a cluster hands out. */
final class ClusterClient {

    // The server is in this JVM: what is slow is the machine, and a wait longer than the client's 10 s is all that
    // helps.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String VERTX = "io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory";

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
                .withHttpClientFactory(factory())
                .build();
    }

    /** The one that fabric8 would choose, so that a project that brings another HTTP client has that one. */
    private static HttpClient.Factory factory() {
        HttpClient.Factory chosen = HttpClientUtils.getHttpClientFactory();
        // By name: where the class is missing, nothing may ask for it.
        return chosen.getClass().getName().equals(VERTX) ? new TakesGzip() : chosen;
    }

    /** Asks for compressed lists as other clients do by themselves; to encrypt and to copy one takes longer than to unpack it. */
    private static final class TakesGzip extends VertxHttpClientFactory {

        @Override
        protected void additionalConfig(WebClientOptions options) {
            options.setDecompressionSupported(true);
        }
    }
}
