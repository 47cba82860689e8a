package io.statefulkit.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
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

    private MortalClient(Predicate<HttpRequest> fatal, boolean forGood) {
        Config config = TestCluster.config(SharedCluster.kubeconfig());
        config.setRequestRetryBackoffLimit(0);
        this.client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("death", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        boolean already = dead.get();
                        if (!forGood && !already && fatal.test(request)) {
                            dead.set(true);
                            throw new KubernetesClientException("refused by the test", 403, null);
                        }
                        if (forGood && (already || fatal.test(request))) {
                            dead.set(true);
                            throw new IllegalStateException("this program is dead");
                        }
                    }
                }))
                .build();
    }

    /** Returns the client of a program that dies at the first request of this kind. */
    public static MortalClient dyingAt(Predicate<HttpRequest> fatal) {
        return new MortalClient(fatal, true);
    }

    /** Returns a client whose first request of this kind is refused; all others pass. */
    public static MortalClient refusedAt(Predicate<HttpRequest> fatal) {
        return new MortalClient(fatal, false);
    }

    /** Returns the client. */
    public KubernetesClient client() {
        return client;
    }

    /** Lets the same client be that of another program. */
    void revive() {
        dead.set(false);
    }

    /** Tells whether it is dead, or has been refused. */
    public boolean dead() {
        return dead.get();
    }

    @Override
    public void close() {
        client.close();
    }
}
