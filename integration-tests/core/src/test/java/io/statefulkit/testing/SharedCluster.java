package io.statefulkit.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.deploy.Patience;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.Faults;
import java.time.Duration;

/**
 * One cluster for all tests of the module: an embedded one, unless the settings say otherwise. Each test class has a namespace of its
 * own, which another cluster is rid of when the class is over.
 */
public final class SharedCluster {

    private static final TestCluster CLUSTER = TestCluster.asConfigured();
    private static final OwnNamespaces NAMESPACES = new OwnNamespaces(CLUSTER.client());

    static {
        if (!isEmbedded()) {
            GoesWithItsClass.by(NAMESPACES::begin);
        }
        // Others go as a whole.
        if (CLUSTER.lasting()) {
            Runtime.getRuntime().addShutdownHook(new Thread(NAMESPACES::delete, "namespaces-of-tests"));
        }
    }

    private SharedCluster() {}

    /** Tells whether it is in this JVM, and its containers are processes of this machine. */
    public static boolean isEmbedded() {
        return CLUSTER.embedded().isPresent();
    }

    /** Skips a test on other clusters, and says why. */
    public static void assumeEmbedded(String why) {
        assumeTrue(isEmbedded(), "only on the embedded cluster: " + why);
    }

    /** Returns what can be done to the embedded cluster from outside; skips the test on others. */
    public static Faults faults(String why) {
        assumeEmbedded(why);
        return cluster().faults();
    }

    /** Returns the embedded cluster itself; skips the test on others. */
    public static EmbeddedCluster cluster() {
        assumeEmbedded("it needs what only that one offers");
        return CLUSTER.embedded().orElseThrow();
    }

    /** Skips a test on the embedded cluster when this machine lacks a server; images of other clusters bring theirs. */
    public static void assumeServer(String name) {
        assumeTrue(!isEmbedded() || Installed.server(name), name + " is not installed");
    }

    /** Skips a test on the embedded cluster when this machine lacks a program; images of other clusters bring theirs. */
    public static void assumeProgram(String name) {
        assumeTrue(!isEmbedded() || Installed.program(name), name + " is not installed");
    }

    /** Returns a client. */
    public static KubernetesClient client() {
        return CLUSTER.client();
    }

    /** Returns the content of the file that leads to it. */
    public static String kubeconfig() {
        return CLUSTER.kubeconfig();
    }

    /**
     * Returns a kit in a new namespace, with patience for a busy machine and for images that have to be pulled, from a registry that may refuse
     * once and give them later.
     */
    public static StatefulKit kit(String name) {
        StatefulKit kit = StatefulKit.on(client()).inNamespace(NAMESPACES.create(name));
        return isEmbedded()
                ? kit.withTimeout(Duration.ofMinutes(5))
                : kit.withPatience(new Patience(Duration.ofMinutes(8), Duration.ofMinutes(1)));
    }

    /** Waits until the cluster has noticed that the claim of a volume is gone: a controller does, a moment after it is. */
    public static void awaitReleased(String volume) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> client().persistentVolumes()
                        .withName(volume)
                        .get()
                        .getStatus()
                        .getPhase()
                        .equals("Released"));
    }

    /**
     * Returns a patience that gives up soon with troubles. What is hopeless on the embedded cluster from its first moment may pass on one
     * whose volumes and images come from elsewhere.
     */
    public static Patience giveUpAfter(Duration withTroubles) {
        return new Patience(Duration.ofMinutes(5), isEmbedded() ? withTroubles : Duration.ofSeconds(10));
    }
}
