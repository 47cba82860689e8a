package io.statefulkit.samples.benchmarks;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;

/** The reference: fabric8's own mock server in CRUD mode, with TLS as the embedded cluster has it. */
final class Mock implements AutoCloseable {

    private final KubernetesMockServer server;
    private final KubernetesClient client;

    private Mock(KubernetesMockServer server) {
        this.server = server;
        server.init();
        this.client = server.createClient();
    }

    /** Starts one. */
    static Mock start() {
        return new Mock(new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), true));
    }

    /** Returns its client. */
    KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
