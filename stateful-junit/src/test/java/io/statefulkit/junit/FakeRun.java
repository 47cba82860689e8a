package io.statefulkit.junit;

import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.choice.ClusterRegistry;
import io.statefulkit.cluster.testing.FakeCluster;
import io.statefulkit.cluster.testing.FakeProvider;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs test classes on a cluster that is none, and that ends with it. */
final class FakeRun implements AutoCloseable {

    static final String KEY = "fake.run";

    private static final Map<String, ClusterRegistry> REGISTRIES = new ConcurrentHashMap<>();

    private final FakeCluster cluster = new FakeCluster();
    private final FakeProvider provider = new FakeProvider(ProviderKind.EMBEDDED, "", () -> cluster);
    private final String id = UUID.randomUUID().toString();
    private final EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
            .configurationParameter(KEY, id)
            .configurationParameter("statefulkit.provider", "embedded");

    FakeRun() {
        REGISTRIES.put(id, new ClusterRegistry(List.of(provider)));
    }

    static @Nullable ClusterRegistry registry(String id) {
        return REGISTRIES.get(id);
    }

    FakeCluster cluster() {
        return cluster;
    }

    FakeProvider provider() {
        return provider;
    }

    /** For who runs tests without this. */
    Map<String, String> parameters() {
        return Map.of(KEY, id, "statefulkit.provider", "embedded");
    }

    FakeRun with(String key, String value) {
        kit.configurationParameter(key, value);
        return this;
    }

    FakeRun inParallel() {
        return with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
    }

    Events run(Class<?>... classes) {
        for (Class<?> type : classes) {
            kit.selectors(DiscoverySelectors.selectClass(type));
        }
        return kit.execute().allEvents();
    }

    @Override
    public void close() {
        REGISTRIES.remove(id);
        cluster.close();
    }
}
