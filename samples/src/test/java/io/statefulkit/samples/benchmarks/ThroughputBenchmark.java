package io.statefulkit.samples.benchmarks;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.statefulkit.embedded.EmbeddedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * Creates, lists, watches and updates ConfigMaps over HTTP with the client that each hands out, on the cluster and on the mock
 * server.
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
            lists(figures, many.lists, reference.lists);
            figures.add(against("update and watch", many.update, reference.update));
            figures.add(growth("create", few.create, many.create));
            figures.add(growth("list", few.lists.own(), many.lists.own()));
            figures.add(growth("list, client takes no gzip", few.lists.identity(), many.lists.identity()));
            figures.add(growth("update and watch", few.update, many.update));
        }
        return figures;
    }

    private static void lists(List<Figure> figures, ListCosts ours, ListCosts reference) {
        figures.add(against("list", ours.own(), reference.own()));
        figures.add(against("list, client takes gzip", ours.gzip(), reference.gzip()));
        figures.add(against("list, client takes gzip and decompresses it", ours.plain(), reference.plain()));
        figures.add(against("list, client takes no gzip", ours.identity(), reference.identity()));
        figures.add(against(
                "list, no gzip, raw: processor time of the server",
                ours.raw().server(),
                reference.raw().server()));
        figures.add(against(
                "list, no gzip, raw: to the last byte",
                ours.raw().duration(),
                reference.raw().duration()));
        figures.add(against(
                "list, gzip, raw: to the last byte",
                ours.rawGzip().duration(),
                reference.rawGzip().duration()));
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
    private record Round(double create, ListCosts lists, double update) {}

    private static Round round(KubernetesClient client, String name, int count, int lists) throws Exception {
        var maps = IntStream.range(0, count)
                .mapToObj(i -> client.resource(map(name, i, "a")))
                .toList();
        double create = Samples.millis(() -> {
            maps.forEach(map -> map.create());
            return count;
        });
        ListCosts costs = ListCosts.of(client, name, count, lists);
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
        return new Round(create / count, costs, update / count);
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
