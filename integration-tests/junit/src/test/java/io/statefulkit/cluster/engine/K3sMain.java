package io.statefulkit.cluster.engine;

import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.K3sOptions;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.Reuse;
import io.statefulkit.cluster.choice.ClusterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/** Asks for k3s in several ways and says what it got. In a JVM of its own: the environment says which engine. */
public final class K3sMain {

    private static final ClusterRegistry REGISTRY = ClusterRegistry.ofThisJvm();

    private static final ClusterSettings ONE = ClusterSettings.defaults()
            .withProvider(ProviderKind.K3S)
            .withK3s(options("known:1", "unknown:2", "missing:3"));

    private K3sMain() {}

    /** Takes whether clusters are used again as well. */
    public static void main(String[] args) throws Exception {
        System.out.println(
                DockerClientFactory.class.getProtectionDomain().getCodeSource().getLocation());
        Cluster one = get(ONE, "one");
        one.kill("shop", "orders-0", "postgres");
        System.out.println(PosixFilePermissions.toString(Files.getPosixFilePermissions(one.kubeconfig())));
        REGISTRY.end(ONE, "one");

        Path archive = Files.writeString(Path.of(System.getProperty("user.home"), "all.tar"), "images of a file");
        ClusterSettings two = ONE.withNodes(2).withK3s(options(archive.toString()));
        Cluster unused = get(two, "two");
        REGISTRY.end(two, "two");

        if (Boolean.parseBoolean(args[0])) {
            reuse();
        }
    }

    private static void reuse() {
        ClusterSettings reused = ONE.withReuse(Reuse.ACROSS_RUNS).withK3s(options());
        Cluster unused = get(reused, "first");
        REGISTRY.end(reused, "first");
        try {
            get(reused, "second").kill("shop", "ill", "postgres");
        } catch (IllegalStateException e) {
            System.out.println("the second crashed");
        }
        REGISTRY.end(reused, "second");
        unused = get(reused, "third");
    }

    private static K3sOptions options(String... preload) {
        return new K3sOptions(
                ClusterSettings.DEFAULT_K3S_IMAGE, List.of(preload), Map.of("ghcr.io", "https://mirror.example"));
    }

    private static Cluster get(ClusterSettings settings, String owner) {
        Cluster cluster = REGISTRY.own(settings, owner);
        System.out.println(owner + ": " + cluster.provider() + " "
                + (cluster.client().nodes().list().getItems().size() >= settings.nodes()));
        return cluster;
    }
}
