package io.statefulkit.cluster;

import java.util.Optional;

/** A k3s server in a container. It needs Testcontainers on the class path and a Docker engine that allows privileged containers. */
final class K3sProvider implements ClusterProvider {

    private static final String TESTCONTAINERS = "org.testcontainers.k3s.K3sContainer";

    @Override
    public ProviderKind kind() {
        return ProviderKind.K3S;
    }

    /** What needs Testcontainers is in another class, so that this one can be loaded without it. */
    @Override
    public Optional<String> obstacle() {
        if (!isPresent(TESTCONTAINERS)) {
            return Optional.of("org.testcontainers:k3s is not on the class path");
        }
        try {
            return K3sContainers.obstacle();
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
