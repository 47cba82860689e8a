package io.statefulkit.cluster.embedded;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.cluster.client.Killing;
import io.statefulkit.internal.NotApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Kills on an embedded cluster of another JVM. A privileged pod as on other clusters does not do there: its containers are processes of a
 * machine, and no pod sees those of another one. So its API server kills when it is asked to.
 */
@NotApi
public record EmbeddedKill(KubernetesClient client) implements Killing {

    private static final String PATH = "/statefulkit/v1/kill";

    /** Whether this is the API server of an embedded cluster, and one that does so. */
    public static boolean isThere(KubernetesClient client) {
        try {
            return "ok".equals(client.raw(PATH));
        } catch (KubernetesClientException e) {
            // Others have no such path, or allow nobody to ask for what they do not know.
            if (e.getCode() > 0) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void kill(String namespace, String pod, String container) {
        try {
            String unused = client.raw(
                    PATH + "?namespace=" + encoded(namespace) + "&pod=" + encoded(pod) + "&container="
                            + encoded(container),
                    "POST",
                    Map.of());
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(
                    "the process of container " + container + " of pod " + namespace + "/" + pod + " was not killed: "
                            + e.getMessage(),
                    e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
