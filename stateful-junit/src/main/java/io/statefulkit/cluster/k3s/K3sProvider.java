package io.statefulkit.cluster.k3s;

import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterProvider;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.internal.NotApi;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A k3s server in a container. It needs Testcontainers on the class path and a Docker engine that allows privileged containers. */
@NotApi
public final class K3sProvider implements ClusterProvider {

    private static final String TESTCONTAINERS = "org.testcontainers.k3s.K3sContainer";

    private final DockerProbe probe;
    private final Map<Question, Optional<String>> known = new ConcurrentHashMap<>();

    /** One that uses the engine of this JVM. */
    public K3sProvider() {
        this(DockerProbe.ofThisJvm());
    }

    /** One that looks for the engine in this way. */
    K3sProvider(DockerProbe probe) {
        this.probe = probe;
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.K3S;
    }

    /** Asked once for the same: tests that run on some kinds of clusters only ask again and again. */
    @Override
    public Optional<String> obstacle(ClusterSettings settings) {
        return known.computeIfAbsent(
                new Question(settings.provider(), settings.k3s().image()), question -> ask(settings));
    }

    private record Question(ProviderKind provider, String image) {}

    private Optional<String> ask(ClusterSettings settings) {
        return withTestcontainers(() -> K3sContainers.obstacle(settings, probe));
    }

    /** Without Testcontainers, which starts a container of its own when it is asked. */
    @Override
    public Optional<String> glance(ClusterSettings settings) {
        return withTestcontainers(() -> K3sContainers.glance(settings, probe));
    }

    /** What needs it is in another class, so that this one can be loaded without it. */
    private static Optional<String> withTestcontainers(Supplier<Optional<String>> question) {
        if (!isPresent(TESTCONTAINERS)) {
            return Optional.of("org.testcontainers:k3s is not on the class path");
        }
        try {
            return question.get();
        } catch (LinkageError e) {
            return Optional.of("the parts of Testcontainers on the class path do not fit together: " + e.getMessage());
        }
    }

    @Override
    public Cluster start(ClusterSettings settings) {
        return K3sContainers.start(settings);
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, K3sProvider.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
