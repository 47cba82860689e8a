package org.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.junit.Deployed;
import io.statefulkit.junit.EnabledIfProvider;
import io.statefulkit.junit.StatefulCluster;
import io.statefulkit.spec.StatefulWorkload;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

@StatefulCluster(provider = ProviderKind.EMBEDDED)
class QueueTest {

    static final StatefulWorkload QUEUE = Queue.SPEC;

    @Deployed("QUEUE")
    private WorkloadHandle queue;

    @Test
    void the_versions_are_those_of_this_project() {
        assertThat(jarOf(Test.class)).endsWith("/junit-jupiter-api-" + System.getProperty("junit.version") + ".jar");
        assertThat(jarOf(DockerClientFactory.class))
                .endsWith("/testcontainers-" + System.getProperty("testcontainers.version") + ".jar");
    }

    @Test
    void a_pod_that_is_deleted_comes_back(KubernetesClient client, StatefulKit kit) {
        assertThat(kit.namespace()).isEqualTo(client.getNamespace()).isEqualTo(queue.namespace());

        var replaced = queue.deletePod(0).awaitReplacement();

        assertThat(client.pods().withName("queue-0").get().getMetadata().getUid())
                .isEqualTo(replaced.newUid());
    }

    @Test
    void the_application_knows_what_it_deploys() {
        assertThat(Queue.yaml()).contains("kind: \"StatefulSet\"", "image: \"registry.k8s.io/pause:3.10\"");
    }

    @Nested
    class Inside {

        @Test
        void the_namespace_is_that_of_the_class_around(StatefulCluster.Info info) {
            assertThat(info.namespace()).isEqualTo(queue.namespace()).startsWith("queue-test-");
        }

        @Test
        @EnabledIfProvider(ProviderKind.KUBECONFIG)
        void is_for_other_clusters() {
            throw new AssertionError("this cluster is embedded");
        }
    }

    private static String jarOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }
}
