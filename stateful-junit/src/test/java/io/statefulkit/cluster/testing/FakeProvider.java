package io.statefulkit.cluster.testing;

import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterProvider;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ProviderKind;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Starts what it is told to, and counts. */
public class FakeProvider implements ClusterProvider {

    private final ProviderKind kind;
    private final String obstacle;
    private final Supplier<Cluster> start;
    private final AtomicInteger starts = new AtomicInteger();

    public FakeProvider(ProviderKind kind, String obstacle, Supplier<Cluster> start) {
        this.kind = kind;
        this.obstacle = obstacle;
        this.start = start;
    }

    public int starts() {
        return starts.get();
    }

    @Override
    public ProviderKind kind() {
        return kind;
    }

    @Override
    public Optional<String> obstacle(ClusterSettings settings) {
        return Optional.of(obstacle).filter(text -> !text.isEmpty());
    }

    @Override
    public Cluster start(ClusterSettings settings) {
        starts.incrementAndGet();
        return start.get();
    }
}
