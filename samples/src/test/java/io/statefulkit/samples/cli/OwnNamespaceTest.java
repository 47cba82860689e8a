package io.statefulkit.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OwnNamespaceTest {

    private static final KubernetesMockServer SERVER = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private static KubernetesClient client;

    private final List<String> lines = new ArrayList<>();

    @BeforeAll
    static void start() {
        SERVER.init();
        client = SERVER.createClient();
    }

    /** The server is started once, and keeps what it has. */
    @AfterEach
    void empty() {
        client.namespaces().delete();
        client.persistentVolumes().delete();
        client.storage().v1().storageClasses().delete();
    }

    @AfterAll
    static void end() {
        client.close();
        SERVER.destroy();
    }

    @Test
    void what_a_story_has_made_outside_of_its_namespace_goes_with_it_and_nothing_else() {
        OwnNamespace namespace = OwnNamespace.create(client, "story-1", lines::add);
        storageClass("story-1-ssd");
        storageClass("story-11");
        volume("story-1-disk", "story-1", "Retain");
        volume("pvc-of-the-story", "story-1", "Retain");
        volume("pvc-of-others", "others", "Retain");

        namespace.close();

        assertThat(client.namespaces().withName("story-1").get()).isNull();
        assertThat(client.storage().v1().storageClasses().list().getItems())
                .extracting(one -> one.getMetadata().getName())
                .containsExactly("story-11");
        assertThat(client.persistentVolumes().list().getItems())
                .extracting(
                        one -> one.getMetadata().getName() + " " + one.getSpec().getPersistentVolumeReclaimPolicy())
                .containsExactlyInAnyOrder("pvc-of-the-story Delete", "pvc-of-others Retain");
        assertThat(lines).isEmpty();
    }

    @Test
    void it_goes_once() {
        OwnNamespace namespace = OwnNamespace.create(client, "story-2", lines::add);
        namespace.close();
        OwnNamespace another = OwnNamespace.create(client, "story-2", lines::add);

        namespace.close();

        assertThat(client.namespaces().withName("story-2").get()).isNotNull();
        another.close();
    }

    private void storageClass(String name) {
        client.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private void volume(String name, String claimedFrom, String policy) {
        client.resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withPersistentVolumeReclaimPolicy(policy)
                        .withNewClaimRef()
                        .withNamespace(claimedFrom)
                        .withName("data")
                        .endClaimRef()
                        .endSpec()
                        .build())
                .create();
    }
}
