package io.statefulkit.junit;

import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.Reuse;
import io.statefulkit.cluster.StandardImages;
import io.statefulkit.embedded.image.ImageCatalog;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the tests of a class on a Kubernetes cluster, in a namespace of their own.
 *
 * <pre>{@code
 * @StatefulCluster
 * class OrdersTest {
 *     @Test
 *     void orders_survive(StatefulKit kit) {
 *         PostgresHandle db = kit.deploy(StatefulPostgres.named("orders").withImage("postgres:15-bookworm").withVolumeClaimTemplate("1Gi"));
 *         assertThat(db).survives(deletePod(), rolloutRestart());
 *     }
 * }
 * }</pre>
 *
 * <p>Parameters of constructors, lifecycle methods and tests, and fields that hold nothing yet, get by their type: a
 * {@link io.statefulkit.StatefulKit} and a {@link io.fabric8.kubernetes.client.KubernetesClient} for the namespace, and an {@link Info};
 * with {@link Deployed}, the handle of a workload; parameters also {@link TestSteps}.
 * They are shared; nobody closes them. {@code @Nested} classes use the namespace of the class around them, unless they are annotated
 * themselves. Classes with the same settings share one cluster, which runs until the JVM ends; they may run in parallel.
 *
 * <p>Each setting can be changed without touching the code: in {@code junit-platform.properties} as {@code statefulkit.provider}, by a
 * system property of that name, or by an environment variable such as {@code STATEFULKIT_PROVIDER}. The later one in this list wins over
 * the earlier, and over the annotation. Values are names of constants, in upper or lower case. A key that there is not, or a bad value,
 * fails the class and names what is allowed.
 */
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(StatefulClusterExtension.class)
public @interface StatefulCluster {

    /** The kind of cluster; {@code statefulkit.provider}. */
    ProviderKind provider() default ProviderKind.AUTO;

    /** The image of the server, where the cluster is k3s, or its version, such as {@code v1.34.1}; {@code statefulkit.k3s.image}. */
    String k3sImage() default ClusterSettings.DEFAULT_K3S_IMAGE;

    /** How many nodes a cluster has that is started for the tests; {@code statefulkit.nodes}. */
    int nodes() default 1;

    /** How long the cluster serves tests; {@code statefulkit.reuse}. */
    Reuse reuse() default Reuse.PER_RUN;

    /**
     * Images of the Docker engine that k3s gets without a registry, and files of images that end like {@code .tar}; elsewhere
     * nothing; {@code statefulkit.preload}, with commas between them.
     */
    String[] preload() default {};

    /**
     * Who supplies the images of an embedded cluster, where the standard ones are not all that the tests need: a class with a constructor
     * without parameters. Other clusters pull images, or get them by {@link #preload}. Not a setting from elsewhere.
     */
    Class<? extends Supplier<ImageCatalog>> images() default StandardImages.class;

    /** How many seconds the start of the cluster may take, without the time to pull images; {@code statefulkit.startTimeoutSeconds}. */
    int startTimeoutSeconds() default 120;

    /**
     * Whether {@link ProviderKind#AUTO} is an error where no k3s can be started, instead of an embedded cluster;
     * {@code statefulkit.failWithoutDocker}.
     */
    boolean failWithoutDocker() default false;

    /** Who gets a namespace; {@code statefulkit.namespacePer}. */
    NamespacePer namespacePer() default NamespacePer.CLASS;

    /** What becomes of the namespace when a test fails; {@code statefulkit.onFailure}. */
    OnFailure onFailure() default OnFailure.CLEAN;

    /** How many seconds a test waits at most, where it pauses on a failure; {@code statefulkit.pauseSeconds}. */
    int pauseSeconds() default 1800;

    /**
     * How many namespaces of tests there are at a time at most on the cluster; a class, or a method with {@link NamespacePer#METHOD}, waits
     * for its turn. {@code statefulkit.parallelNamespaces}.
     */
    int parallelNamespaces() default 16;

    /** Who gets a namespace. */
    enum NamespacePer {
        /** All tests of a class share one. */
        CLASS,
        /** Each test has its own. What is injected before a test begins, as into {@code @BeforeAll}, belongs to one of the class. */
        METHOD
    }

    /** What becomes of the namespace when a test in it fails. */
    enum OnFailure {
        /** It is deleted like any other. */
        CLEAN,
        /** It stays, and how to look into it is logged. On an embedded cluster it still ends with the JVM. */
        KEEP,
        /**
         * The test waits, with its cluster running, until somebody has looked: until the file that is logged is deleted, or
         * {@code statefulkit.pauseSeconds} have passed (1,800 unless changed). The namespace is deleted afterwards.
         */
        PAUSE
    }

    /**
     * Where the tests run.
     *
     * @param provider the kind of the cluster
     * @param version the version of its API server
     * @param kubeconfig the file with which {@code kubectl --kubeconfig} reaches it
     * @param namespace the namespace of the tests
     */
    record Info(ProviderKind provider, String version, Path kubeconfig, String namespace) {}
}
