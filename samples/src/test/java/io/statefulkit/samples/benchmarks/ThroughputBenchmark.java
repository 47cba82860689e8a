package io.statefulkit.samples.benchmarks;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.statefulkit.embedded.EmbeddedCluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Creates, lists, watches and updates ConfigMaps over HTTP with one client, on the cluster and on the mock server. A list is
 * read to its last byte and not decoded, which would take the client longer than either server needs for it. It is read by a
 * client that takes gzip, as kubectl, client-go and the official Java client do unasked, by the same with the time it takes
 * to decompress it, and by one that takes no gzip, as fabric8's.
 */
final class ThroughputBenchmark implements Benchmark {

    private static final int FEW = 100;
    private static final int MANY = 5_000;
    private static final int LISTS = 15;

    /** Of a thousand each, before anything counts: what encrypts and copies is compiled by the second compiler then. */
    private static final int WARM_UP_LISTS = 200;

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (EmbeddedCluster cluster = EmbeddedCluster.start();
                Mock mock = Mock.start()) {
            round(cluster.client(), "warm-up", MANY / 5, WARM_UP_LISTS);
            round(mock.client(), "warm-up", MANY / 5, WARM_UP_LISTS);
            Round few = round(cluster.client(), "few", FEW, LISTS);
            Round many = round(cluster.client(), "many", MANY, LISTS);
            Round reference = round(mock.client(), "many", MANY, LISTS);
            figures.add(against("create", many.create, reference.create));
            figures.add(against("list, client takes gzip", many.gzip, reference.gzip));
            figures.add(against("list, client takes gzip and decompresses it", many.plain, reference.plain));
            figures.add(against("list, client takes no gzip", many.list, reference.list));
            figures.add(against(
                    "list, no gzip, raw: processor time of the server", many.raw.server(), reference.raw.server()));
            figures.add(against("list, no gzip, raw: to the last byte", many.raw.duration(), reference.raw.duration()));
            figures.add(against(
                    "list, gzip, raw: to the last byte", many.rawGzip.duration(), reference.rawGzip.duration()));
            figures.add(against("update and watch", many.update, reference.update));
            figures.add(growth("create", few.create, many.create));
            figures.add(growth("list, client takes gzip", few.gzip, many.gzip));
            figures.add(growth("list, client takes no gzip", few.list, many.list));
            figures.add(growth("update and watch", few.update, many.update));
        }
        return figures;
    }

    private static Figure against(String what, double ours, double reference) {
        return new Figure(
                MANY + " ConfigMaps: " + what,
                perSecond(ours),
                perSecond(reference) + " (mock server)",
                reference / ours,
                Limit.atLeast(3));
    }

    private static Figure growth(String what, double few, double many) {
        return new Figure(
                "time for one at " + MANY + " against " + FEW + ": " + what,
                perSecond(many),
                perSecond(few),
                many / few,
                Limit.atMost(1.3));
    }

    private static String perSecond(double millisForOne) {
        return String.format(Locale.ROOT, "%.0f/s", 1_000 / millisForOne);
    }

    /** Milliseconds for one object. */
    private record Round(
            double create,
            double list,
            double gzip,
            double plain,
            RawLists.Cost raw,
            RawLists.Cost rawGzip,
            double update) {}

    private static Round round(KubernetesClient client, String name, int count, int lists) throws Exception {
        var maps = IntStream.range(0, count)
                .mapToObj(i -> client.resource(map(name, i, "a")))
                .toList();
        double create = Samples.millis(() -> {
            maps.forEach(map -> map.create());
            return count;
        });
        double list = Samples.medianMillis(
                3, lists, () -> read(client, name, "identity").body());
        double gzip =
                Samples.medianMillis(3, lists, () -> read(client, name, "gzip").body());
        double plain = Samples.medianMillis(3, lists, () -> decompressed(read(client, name, "gzip")));
        RawLists.Cost raw = raw(client, name, "identity", count, lists);
        RawLists.Cost rawGzip = raw(client, name, "gzip", count, lists);
        CountDownLatch seen = new CountDownLatch(count);
        Watch watch = client.configMaps()
                .inNamespace("default")
                .withLabel("round", name)
                .withResourceVersion(all(client, name).getMetadata().getResourceVersion())
                .watch(new Counter(seen));
        double update = Samples.millis(() -> {
            for (int i = 0; i < count; i++) {
                client.resource(map(name, i, "b")).update();
            }
            seen.await();
            return count;
        });
        watch.close();
        client.configMaps().inNamespace("default").withLabel("round", name).delete();
        return new Round(create / count, list / count, gzip / count, plain / count, raw, rawGzip, update / count);
    }

    private static HttpResponse<byte[]> read(KubernetesClient client, String name, String encoding) throws Exception {
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(client.getMasterUrl() + path(name).substring(1))
                .header("Accept-Encoding", encoding)
                .build();
        return client.getHttpClient().sendAsync(request, byte[].class).get();
    }

    private static RawLists.Cost raw(KubernetesClient client, String name, String encoding, int count, int lists)
            throws Exception {
        RawLists.Cost cost = RawLists.of(client, path(name), encoding, lists);
        return new RawLists.Cost(cost.duration() / count, cost.server() / count);
    }

    private static String path(String name) {
        return "/api/v1/namespaces/default/configmaps?labelSelector=round%3D" + name;
    }

    private static byte[] decompressed(HttpResponse<byte[]> response) throws IOException {
        InputStream body = new ByteArrayInputStream(response.body());
        boolean compressed = response.headers("Content-Encoding").contains("gzip");
        try (InputStream plain = compressed ? new GZIPInputStream(body, 64 * 1024) : body) {
            return plain.readAllBytes();
        }
    }

    private static ConfigMapList all(KubernetesClient client, String name) {
        return client.configMaps()
                .inNamespace("default")
                .withLabel("round", name)
                .list();
    }

    private static ConfigMap map(String name, int i, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name + "-" + i)
                .addToLabels("round", name)
                .endMetadata()
                .addToData("key", value)
                .build();
    }

    private record Counter(CountDownLatch seen) implements Watcher<ConfigMap> {

        @Override
        public void eventReceived(Action action, ConfigMap map) {
            if (action == Action.MODIFIED) {
                seen.countDown();
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            throw new IllegalStateException("the watch ended", cause);
        }
    }
}
