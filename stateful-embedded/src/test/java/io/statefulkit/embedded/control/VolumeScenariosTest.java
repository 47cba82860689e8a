package io.statefulkit.embedded.control;

import static io.statefulkit.embedded.api.ResourceCatalog.EVENTS;
import static io.statefulkit.embedded.api.ResourceCatalog.PERSISTENT_VOLUMES;
import static io.statefulkit.embedded.api.ResourceCatalog.PERSISTENT_VOLUME_CLAIMS;
import static io.statefulkit.embedded.api.ResourceCatalog.PODS;
import static io.statefulkit.embedded.api.ResourceCatalog.STORAGE_CLASSES;
import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.control.loop.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VolumeScenariosTest {

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    private static String claim(String name, String more) {
        return """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: %s}
            spec:
              accessModes: [ReadWriteOnce]
              resources: {requests: {storage: 10Mi}}
            %s
            """.formatted(name, more.indent(2));
    }

    private static String pod(String claim) {
        return """
            apiVersion: v1
            kind: Pod
            metadata: {name: user}
            spec:
              containers:
              - {name: app, image: "busybox:1.37"}
              volumes:
              - {name: d, persistentVolumeClaim: {claimName: %s}}
            """.formatted(claim);
    }

    private String phase(String claim) {
        return cluster.get(PERSISTENT_VOLUME_CLAIMS, claim)
                .status()
                .path("phase")
                .asText();
    }

    private void untilPhase(String claim, String phase) {
        cluster.until(claim + " is " + phase, () -> phase(claim).equals(phase));
    }

    @Test
    void a_claim_waits_for_its_first_consumer_and_gets_a_directory_for_everybody() throws IOException {
        cluster.create(claim("d1", ""));
        cluster.until(
                "waits",
                () -> cluster.events("PersistentVolumeClaim", "d1")
                        .contains("WaitForFirstConsumer: waiting for first consumer to be created before binding"));
        assertThat(phase("d1")).isEqualTo("Pending");

        cluster.create(pod("d1"));
        untilPhase("d1", "Bound");

        Resource claim = cluster.get(PERSISTENT_VOLUME_CLAIMS, "d1");
        Resource volume = cluster.get(PERSISTENT_VOLUMES, "pvc-" + claim.uid());
        Path directory = Path.of(volume.spec().path("hostPath").path("path").asText());
        assertThat(directory).isEqualTo(cluster.volumes.resolve(volume.name() + "_test_d1"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwxrwxrwx");
        assertThat(claim.annotations())
                .containsEntry("pv.kubernetes.io/bind-completed", "yes")
                .containsEntry("volume.kubernetes.io/selected-node", "node-1")
                .containsEntry("volume.kubernetes.io/storage-provisioner", "rancher.io/local-path");
        assertThat(claim.status().path("capacity").path("storage").asText()).isEqualTo("10Mi");
        cluster.untilEvent("PersistentVolumeClaim", "d1", "ExternalProvisioning: Waiting for a volume to be created");
        cluster.untilEvent(
                "PersistentVolumeClaim",
                "d1",
                "ProvisioningSucceeded: Successfully provisioned volume " + volume.name());
    }

    @Test
    void a_volume_that_lives_as_long_as_its_pod_gets_a_claim_that_the_pod_owns() {
        cluster.create("""
            apiVersion: v1
            kind: Pod
            metadata: {name: user}
            spec:
              containers:
              - {name: app, image: "busybox:1.37"}
              volumes:
              - name: scratch
                ephemeral:
                  volumeClaimTemplate:
                    metadata: {labels: {kind: scratch}}
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Mi}}}
            """);
        cluster.until("runs", () -> cluster.get(PODS, "user").is("Ready"));

        Resource claim = cluster.get(PERSISTENT_VOLUME_CLAIMS, "user-scratch");
        assertThat(claim.label("kind")).isEqualTo("scratch");
        assertThat(claim.json()
                        .path("metadata")
                        .path("ownerReferences")
                        .path(0)
                        .path("uid")
                        .asText())
                .isEqualTo(cluster.get(PODS, "user").uid());
        assertThat(phase("user-scratch")).isEqualTo("Bound");

        cluster.delete(PODS, "user");
        cluster.until(
                "goes with the pod",
                () -> cluster.find(PERSISTENT_VOLUME_CLAIMS, "user-scratch").isEmpty());
    }

    @Test
    void a_claim_of_somebody_else_is_not_used_for_a_volume_that_lives_as_long_as_its_pod() {
        cluster.create(claim("user-d", ""));
        cluster.create("""
            apiVersion: v1
            kind: Pod
            metadata: {name: user}
            spec:
              containers:
              - {name: app, image: "busybox:1.37"}
              volumes:
              - name: d
                ephemeral:
                  volumeClaimTemplate:
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Mi}}}
            """);

        String why = "PVC test/user-d was not created for pod test/user (pod is not owner)";
        cluster.untilEvent("Pod", "user", "FailedBinding: ephemeral volume d: " + why);
        cluster.untilEvent("Pod", "user", "FailedScheduling: 0/1 nodes are available: " + why);
    }

    @Test
    void a_claim_is_told_that_it_waits_even_when_its_consumer_is_there_already() {
        cluster.create(pod("d1"));
        cluster.untilEvent("Pod", "user", "FailedScheduling");

        cluster.create(claim("d1", ""));

        untilPhase("d1", "Bound");
        cluster.untilEvent("PersistentVolumeClaim", "d1", "WaitForFirstConsumer");
    }

    @Test
    void a_claim_for_one_pod_of_the_whole_cluster_keeps_others_waiting() {
        cluster.create(claim("d1", "").replace("ReadWriteOnce", "ReadWriteOncePod"));
        cluster.create(pod("d1"));
        cluster.until("runs", () -> cluster.get(PODS, "user").is("Ready"));

        cluster.create(pod("d1").replace("name: user", "name: second"));

        cluster.untilEvent(
                "Pod",
                "second",
                "FailedScheduling: 0/1 nodes are available: 1 node has pod using PersistentVolumeClaim with the same"
                        + " name and ReadWriteOncePod access mode.");
        cluster.delete(PODS, "user");
        cluster.until("second runs", () -> cluster.get(PODS, "second").is("Ready"));
    }

    @Test
    void a_claim_in_use_stays_until_the_pod_is_gone_and_takes_volume_and_data_with_it() throws IOException {
        cluster.create(claim("d1", ""));
        cluster.create(pod("d1"));
        cluster.until("runs", () -> cluster.get(PODS, "user").is("Ready"));
        Resource volume = cluster.list(PERSISTENT_VOLUMES).get(0);
        Path directory = Path.of(volume.spec().path("hostPath").path("path").asText());
        Files.createDirectories(directory.resolve("base/1"));
        Files.writeString(directory.resolve("base/1/data"), "rows");

        cluster.delete(PERSISTENT_VOLUME_CLAIMS, "d1");
        assertThat(cluster.get(PERSISTENT_VOLUME_CLAIMS, "d1").deleting()).isTrue();
        assertThat(directory.resolve("base/1/data")).exists();

        cluster.delete(PODS, "user");
        cluster.until(
                "all gone",
                () -> cluster.find(PERSISTENT_VOLUME_CLAIMS, "d1").isEmpty()
                        && cluster.list(PERSISTENT_VOLUMES).isEmpty());
        assertThat(directory).doesNotExist();
    }

    @Test
    void a_retained_volume_is_released_and_not_bound_again_by_a_claim_of_that_name() {
        cluster.create("""
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: keep}
            provisioner: rancher.io/local-path
            reclaimPolicy: Retain
            volumeBindingMode: Immediate
            """);
        cluster.create(claim("d1", "storageClassName: keep"));
        untilPhase("d1", "Bound");
        Resource volume = cluster.list(PERSISTENT_VOLUMES).get(0);

        cluster.delete(PERSISTENT_VOLUME_CLAIMS, "d1");
        cluster.until(
                "released",
                () -> cluster.get(PERSISTENT_VOLUMES, volume.name())
                        .status()
                        .path("phase")
                        .asText()
                        .equals("Released"));
        cluster.create(claim("d1", "storageClassName: keep"));
        untilPhase("d1", "Bound");

        assertThat(cluster.get(PERSISTENT_VOLUME_CLAIMS, "d1")
                        .spec()
                        .path("volumeName")
                        .asText())
                .isNotEqualTo(volume.name());
        assertThat(Path.of(volume.spec().path("hostPath").path("path").asText()))
                .exists();
    }

    @Test
    void a_volume_made_by_hand_is_deleted_by_nobody() {
        cluster.create("""
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: mine}
            spec:
              capacity: {storage: 20Mi}
              accessModes: [ReadWriteOnce]
              persistentVolumeReclaimPolicy: Delete
              hostPath: {path: /data/mine}
            """);
        cluster.create(claim("d1", "storageClassName: ''"));
        untilPhase("d1", "Bound");

        cluster.delete(PERSISTENT_VOLUME_CLAIMS, "d1");

        String why = "host_path deleter only supports /tmp/.+ but received provided /data/mine";
        cluster.until("failed", () -> {
            var status = cluster.get(PERSISTENT_VOLUMES, "mine").status();
            return status.path("phase").asText().equals("Failed")
                    && status.path("message").asText().equals(why);
        });
    }

    @Test
    void a_claim_without_a_class_gets_the_smallest_volume_that_fits() {
        staticVolume("small", "5Mi");
        staticVolume("large", "1Gi");
        staticVolume("fitting", "20Mi");
        cluster.until(
                "available",
                () -> cluster.list(PERSISTENT_VOLUMES).stream()
                        .allMatch(
                                volume -> volume.status().path("phase").asText().equals("Available")));

        cluster.create(claim("d1", "storageClassName: ''"));
        untilPhase("d1", "Bound");

        assertThat(cluster.get(PERSISTENT_VOLUME_CLAIMS, "d1")
                        .spec()
                        .path("volumeName")
                        .asText())
                .isEqualTo("fitting");
        assertThat(cluster.get(PERSISTENT_VOLUMES, "fitting").annotation("pv.kubernetes.io/bound-by-controller"))
                .isEqualTo("yes");
    }

    @Test
    void a_claim_that_nothing_fits_says_so_and_is_bound_when_something_does() {
        cluster.create(claim("d1", "storageClassName: ''"));
        cluster.until(
                "says so",
                () -> cluster.events("PersistentVolumeClaim", "d1")
                        .contains(
                                "FailedBinding: no persistent volumes available for this claim and no storage class is"
                                        + " set"));

        staticVolume("late", "1Gi");

        untilPhase("d1", "Bound");
    }

    @Test
    void an_unknown_class_leaves_claim_and_pod_pending_until_it_is_there() {
        cluster.create(claim("d1", "storageClassName: none"));
        cluster.create(pod("d1"));
        cluster.until(
                "says so",
                () -> cluster.events("PersistentVolumeClaim", "d1")
                        .contains("ProvisioningFailed: storageclass.storage.k8s.io \"none\" not found"));
        cluster.until(
                "pod says so",
                () -> cluster.events("Pod", "user")
                        .contains("FailedScheduling: 0/1 nodes are available: pod has unbound immediate"
                                + " PersistentVolumeClaims. not found"));
        assertThat(cluster.get(PODS, "user")
                        .condition("PodScheduled")
                        .path("reason")
                        .asText())
                .isEqualTo("Unschedulable");

        cluster.create("""
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: none}
            provisioner: rancher.io/local-path
            """);

        cluster.until("runs", () -> cluster.get(PODS, "user").is("Ready"));
        assertThat(cluster.find(STORAGE_CLASSES, "none")).isPresent();
    }

    @Test
    void a_volume_that_vanishes_leaves_its_claim_lost() {
        staticVolume("only", "1Gi");
        cluster.create(claim("d1", "storageClassName: ''"));
        untilPhase("d1", "Bound");

        cluster.delete(PERSISTENT_VOLUMES, "only");
        assertThat(cluster.get(PERSISTENT_VOLUMES, "only").deleting()).isTrue();
        cluster.patch(PERSISTENT_VOLUMES, "only", "{metadata: {finalizers: null}}");

        untilPhase("d1", "Lost");
        assertThat(cluster.get(PERSISTENT_VOLUME_CLAIMS, "d1").status().has("capacity"))
                .isFalse();
        cluster.untilEvent("PersistentVolumeClaim", "d1", "ClaimLost: ");
    }

    @Test
    void a_bound_claim_keeps_a_volume_whose_reference_to_it_was_taken_away() {
        staticVolume("only", "1Gi");
        cluster.create(claim("d1", "storageClassName: ''"));
        untilPhase("d1", "Bound");

        cluster.patch(PERSISTENT_VOLUMES, "only", "{spec: {claimRef: null}}");

        cluster.until("bound again", () -> {
            Resource volume = cluster.get(PERSISTENT_VOLUMES, "only");
            return volume.spec().path("claimRef").path("name").asText().equals("d1")
                    && volume.status().path("phase").asText().equals("Bound");
        });
        assertThat(phase("d1")).isEqualTo("Bound");
    }

    @Test
    void a_volume_that_is_being_deleted_is_not_bound_even_when_a_claim_names_it() {
        staticVolume("only", "1Gi");
        cluster.patch(PERSISTENT_VOLUMES, "only", "{metadata: {finalizers: [example.com/keep]}}");
        cluster.delete(PERSISTENT_VOLUMES, "only");

        cluster.create(claim("d1", "storageClassName: ''\nvolumeName: only"));

        cluster.untilEvent(
                "PersistentVolumeClaim",
                "d1",
                "VolumeMismatch: Cannot bind to requested volume \"only\": the volume is marked for deletion");
        assertThat(phase("d1")).isEqualTo("Pending");
    }

    @Test
    void a_static_volume_of_a_waiting_class_is_bound_by_the_first_consumer() {
        cluster.create("""
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: local}
            provisioner: kubernetes.io/no-provisioner
            volumeBindingMode: WaitForFirstConsumer
            """);
        cluster.create(claim("d1", "storageClassName: local"));
        cluster.create(pod("d1"));
        cluster.until(
                "nothing to bind",
                () -> cluster.events("Pod", "user").stream()
                        .anyMatch(event -> event.contains("didn't find available persistent volumes to bind")));

        cluster.create("""
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: disk}
            spec:
              capacity: {storage: 1Gi}
              accessModes: [ReadWriteOnce]
              storageClassName: local
              persistentVolumeReclaimPolicy: Retain
              local: {path: /disk}
              nodeAffinity:
                required:
                  nodeSelectorTerms:
                  - matchExpressions:
                    - {key: kubernetes.io/hostname, operator: In, values: [node-1]}
            """);

        cluster.until("runs", () -> cluster.get(PODS, "user").is("Ready"));
        assertThat(cluster.get(PERSISTENT_VOLUME_CLAIMS, "d1")
                        .spec()
                        .path("volumeName")
                        .asText())
                .isEqualTo("disk");
    }

    @Test
    void a_claim_is_told_nothing_again_when_something_happens_to_another_one() {
        cluster.create(claim("waiting", ""));
        cluster.untilEvent("PersistentVolumeClaim", "waiting", "WaitForFirstConsumer");
        staticVolume("one", "1Gi");
        cluster.until(
                "available",
                () -> cluster.get(PERSISTENT_VOLUMES, "one")
                        .status()
                        .path("phase")
                        .asText()
                        .equals("Available"));
        cluster.create(claim("d1", "storageClassName: ''"));
        untilPhase("d1", "Bound");

        assertThat(cluster.list(EVENTS).stream()
                        .filter(event -> event.json().path("reason").asText().equals("WaitForFirstConsumer"))
                        .map(event -> event.json().path("count").asInt()))
                .containsExactly(1);
    }

    @Test
    void a_claim_of_a_class_that_nobody_provisions_is_told_so() {
        cluster.create("""
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: by-hand}
            provisioner: kubernetes.io/no-provisioner
            """);

        cluster.create(claim("d1", "storageClassName: by-hand"));

        cluster.untilEvent(
                "PersistentVolumeClaim",
                "d1",
                "ProvisioningFailed: no volume plugin matched name: kubernetes.io/no-provisioner");
    }

    @Test
    void a_claim_that_asks_for_more_later_waits_for_somebody_who_can_do_that() {
        cluster.create("""
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: growing}
            provisioner: rancher.io/local-path
            allowVolumeExpansion: true
            """);
        cluster.create(claim("d1", "storageClassName: growing"));
        untilPhase("d1", "Bound");

        cluster.patch(PERSISTENT_VOLUME_CLAIMS, "d1", "{spec: {resources: {requests: {storage: 20Mi}}}}");

        cluster.untilEvent(
                "PersistentVolumeClaim",
                "d1",
                "ExternalExpanding: waiting for an external controller to expand this PVC");
        assertThat(cluster.get(PERSISTENT_VOLUME_CLAIMS, "d1")
                        .status()
                        .path("capacity")
                        .path("storage")
                        .asText())
                .isEqualTo("10Mi");
    }

    private void staticVolume(String name, String size) {
        cluster.create("""
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: %s}
            spec:
              capacity: {storage: %s}
              accessModes: [ReadWriteOnce]
              storageClassName: ""
              hostPath: {path: /somewhere}
            """.formatted(name, size));
    }
}
