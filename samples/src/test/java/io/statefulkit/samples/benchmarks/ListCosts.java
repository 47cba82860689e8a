package io.statefulkit.samples.benchmarks;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * What lists of ConfigMaps take, each read to its last byte and not decoded, which would take the client longer than either
 * server needs for it: milliseconds for one object.
 *
 * @param own by the client that the server's own Java class hands out, as it is; a cluster's takes gzip and decompresses it
 * @param identity by fabric8's client as it is otherwise, which takes no gzip
 * @param gzip by one that takes gzip, as kubectl, client-go and the official Java client do unasked
 * @param plain by the same, with the time that it takes to decompress
 * @param raw without gzip and without an HTTP client
 * @param rawGzip with gzip and without an HTTP client
 */
record ListCosts(double own, double identity, double gzip, double plain, RawLists.Cost raw, RawLists.Cost rawGzip) {

    private static final int WARM_UP = 3;

    /** Measures so many lists of the ConfigMaps of a round. */
    static ListCosts of(KubernetesClient client, String round, int count, int lists) throws Exception {
        String path = "/api/v1/namespaces/default/configmaps?labelSelector=round%3D" + round;
        double own = Samples.medianMillis(
                WARM_UP, lists, () -> sent(client, request(client, path)).body());
        try (KubernetesClient other = new KubernetesClientBuilder()
                .withConfig(client.getConfiguration())
                .build()) {
            HttpRequest.Builder plain = request(other, path).header("Accept-Encoding", "identity");
            HttpRequest.Builder gzip = request(other, path).header("Accept-Encoding", "gzip");
            return new ListCosts(
                    own / count,
                    Samples.medianMillis(
                                    WARM_UP, lists, () -> sent(other, plain).body())
                            / count,
                    Samples.medianMillis(WARM_UP, lists, () -> sent(other, gzip).body()) / count,
                    Samples.medianMillis(WARM_UP, lists, () -> decompressed(sent(other, gzip))) / count,
                    raw(client, path, "identity", count, lists),
                    raw(client, path, "gzip", count, lists));
        }
    }

    private static HttpRequest.Builder request(KubernetesClient client, String path) {
        return client.getHttpClient().newHttpRequestBuilder().uri(client.getMasterUrl() + path.substring(1));
    }

    private static HttpResponse<byte[]> sent(KubernetesClient client, HttpRequest.Builder request) throws Exception {
        HttpResponse<byte[]> response =
                client.getHttpClient().sendAsync(request.build(), byte[].class).get();
        if (!response.isSuccessful()) {
            throw new IOException("expected a list, but was " + response.code() + " " + response.message());
        }
        return response;
    }

    private static RawLists.Cost raw(KubernetesClient client, String path, String encoding, int count, int lists)
            throws Exception {
        RawLists.Cost cost = RawLists.of(client, path, encoding, lists);
        return new RawLists.Cost(cost.duration() / count, cost.server() / count);
    }

    private static byte[] decompressed(HttpResponse<byte[]> response) throws IOException {
        InputStream body = new ByteArrayInputStream(response.body());
        boolean compressed = response.headers("Content-Encoding").contains("gzip");
        try (InputStream plain = compressed ? new GZIPInputStream(body, 64 * 1024) : body) {
            return plain.readAllBytes();
        }
    }
}
