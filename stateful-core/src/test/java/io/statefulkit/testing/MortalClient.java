package io.statefulkit.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * The client of a program that dies at one of its requests: this one and all later ones never reach the API server. What it
 * has done until then stays, and nobody cleans up.
 */
public final class MortalClient implements AutoCloseable {

    private final AtomicBoolean dead = new AtomicBoolean();
    private final KubernetesClient client;

    private MortalClient(Predicate<HttpRequest> fatal) {
        Config config = Config.fromKubeconfig(SharedCluster.kubeconfig());
        config.setRequestRetryBackoffLimit(0);
        this.client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("death", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        if (dead.get() || fatal.test(request)) {
                            dead.set(true);
                            throw new IllegalStateException("this program is dead");
                        }
                    }
                }))
                .build();
    }

    /** Returns the client of a program that dies at the first request of this kind. */
    public static MortalClient dyingAt(Predicate<HttpRequest> fatal) {
        return new MortalClient(fatal);
    }

    /** Returns the client. */
    public KubernetesClient client() {
        return client;
    }

    /** Tells whether it is dead. */
    public boolean dead() {
        return dead.get();
    }

    @Override
    public void close() {
        client.close();
    }
}
