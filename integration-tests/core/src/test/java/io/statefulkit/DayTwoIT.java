package io.statefulkit;

import static io.statefulkit.testing.Programs.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.pod.EvictionRefusedException;
import io.statefulkit.handle.pod.PodReplacement;
import io.statefulkit.handle.pod.Replacement;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.handle.volume.MountInfo;
import io.statefulkit.handle.volume.OrphanedVolume;
import io.statefulkit.handle.volume.VolumeInfo;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.pod.Budget;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.StorageClassSpec;
import io.statefulkit.testing.MortalClient;
import io.statefulkit.testing.SharedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done to pods and volumes of a workload after its first day, and what goes wrong in the middle of it. */
@Timeout(300)
class DayTwoIT {

    private static final StatefulKit KIT = SharedCluster.kit("daytwo");
    private static final KubernetesClient CLIENT = SharedCluster.client();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** A class is for the whole cluster, which other runs may use too. */
    private static final String ROOMY = KIT.namespace() + "-roomy";

    @AfterAll
    static void delete_what_is_in_no_namespace() {
        CLIENT.storage().v1().storageClasses().withName(ROOMY).delete();
    }

    @Test
    void a_pod_that_a_budget_protects_is_not_evicted_and_the_budget_is_named() {
        WorkloadHandle guarded = KIT.deploy(program("guarded").withDisruptionBudget(Budget.BLOCK_DRAINS));
        String uid = guarded.status().pods().get(0).uid();

        assertThatThrownBy(() -> guarded.evictPod(0).awaitReplacement())
                .isInstanceOfSatisfying(
                        EvictionRefusedException.class,
                        refused -> assertThat(refused.budget()).isEqualTo("guarded"))
                .hasMessageContaining("PodDisruptionBudget guarded")
                .hasMessageContaining("deletePod(..)");
        assertThat(guarded.status().pods().get(0).uid()).isEqualTo(uid);
        CLIENT.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(KIT.namespace())
                .withName("guarded")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"maxUnavailable\":1}}");
        await().atMost(LIMIT)
                .until(() -> CLIENT.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(KIT.namespace())
                                .withName("guarded")
                                .get()
                                .getStatus()
                                .getDisruptionsAllowed()
                        == 1);

        assertThat(guarded.evictPod(0).awaitReplacement().oldUid()).isEqualTo(uid);
    }

    @Test
    void a_hibernating_workload_remembers_how_many_pods_it_had_and_which_schedules_ran() {
        StatefulWorkload spec = program("sleeper")
                .withReplicas(2)
                .customize(
                        StatefulSetBuilder.class,
                        set -> set.editSpec().withMinReadySeconds(0).endSpec());
        WorkloadHandle sleeper = KIT.deploy(spec);
        schedule("sleeper-nightly", false);
        schedule("sleeper-paused", true);

        assertThat(sleeper.hibernate().await().newUids()).isEmpty();
        assertThat(suspended("sleeper-nightly")).isTrue();
        assertThat(sleeper.hibernate().await().newUids()).isEmpty();
        assertThatThrownBy(() -> KIT.deploy(spec))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("an operation of a handle has changed .spec.replicas")
                .hasMessageContaining("wake()");
        assertThat(sleeper.wake().await().newUids()).containsOnlyKeys("sleeper-0", "sleeper-1");

        assertThat(suspended("sleeper-nightly")).isFalse();
        assertThat(suspended("sleeper-paused")).isTrue();
        assertThatThrownBy(() -> sleeper.wake().await())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not hibernate");
    }

    @Test
    void what_no_server_may_run_for_is_done_on_its_volume_while_it_is_stopped() {
        WorkloadHandle torn = KIT.deploy(program("torn")
                .customize(
                        StatefulSetBuilder.class,
                        set -> set.editSpec().withMinReadySeconds(0).endSpec()));
        torn.exec("sh", "-c", "echo torn >/data/state").orThrow();

        ExecResult failed = torn.recover("sh", "-c", "cat /data/state; exit 3");

        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(torn.status().pods()).isEmpty();

        ExecResult mended = torn.recover("sh", "-c", "cat /data/state; echo mended >/data/state");

        assertThat(mended.stdout()).isEqualTo("torn\n");
        assertThat(torn.exec("cat", "/data/state").orThrow().stdout()).isEqualTo("mended\n");
    }

    @Test
    void a_rollout_that_a_broken_revision_has_stopped_goes_on_after_its_repair() {
        StatefulKit impatient = KIT.withPatience(SharedCluster.giveUpAfter(Duration.ofMillis(200)));
        StatefulWorkload good = program("stuck");
        WorkloadHandle stuck = impatient.deploy(good);
        assertThatThrownBy(() -> impatient.deploy(good.withImage("nosuch:9"))).isInstanceOf(StuckException.class);

        assertThatThrownBy(() -> impatient.deploy(good))
                .isInstanceOf(StuckException.class)
                .hasMessageContaining("repairRollout()");
        stuck.repairRollout().await();

        assertThat(stuck.status().ready()).as(stuck.status().toString()).isTrue();
        assertThat(impatient.deploy(good).exec("true").ok()).isTrue();
    }

    @Test
    void a_successor_that_dies_before_it_is_ready_is_not_the_replacement() {
        WorkloadHandle fragile =
                KIT.deploy(program("fragile").withReadyCommand("sh", "-c", "! test -e /data/notready"));
        fragile.exec("touch", "/data/notready").orThrow();
        String first = fragile.status().pods().get(0).uid();

        PodReplacement pending = fragile.deletePod(0);
        Pod second = runningPod("fragile-0", first, "");
        end("fragile-0");
        Pod third = runningPod("fragile-0", first, second.getMetadata().getUid());
        fragile.exec("rm", "/data/notready").orThrow();
        Replacement replacement = pending.awaitReplacement();

        assertThat(replacement.oldUid()).isEqualTo(first);
        assertThat(replacement.newUid()).isEqualTo(third.getMetadata().getUid());
    }

    @Test
    void volumes_outlive_their_workload_are_found_and_can_be_reclaimed() {
        WorkloadHandle archive = KIT.deploy(program("archive"));
        archive.exec("sh", "-c", "echo old >/data/note").orThrow();
        VolumeInfo volume = archive.volumes().get(0);
        assertThat(volume.claim()).isEqualTo("data-archive-0");
        assertThat(volume.capacity()).isEqualTo("1Gi");
        assertThat(volume.reclaimPolicy()).isEqualTo("Delete");
        assertThat(archive.mounts()).containsExactly(new MountInfo("archive", "/data", "", "data-archive-0"));
        assertThat(archive.mountOf("/data").claim()).isEqualTo("data-archive-0");
        assertThatThrownBy(() -> archive.mountOf("/"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is on none")
                .hasMessageContaining("data-archive-0");
        assertThat(archive.protect()).containsExactly(volume.volume());
        assertThat(archive.protect()).isEmpty();
        assertThat(orphans()).doesNotContain("data-archive-0");

        archive.undeploy(Undeploy.RETAIN);

        assertThat(KIT.orphanedVolumes())
                .filteredOn(orphan -> orphan.name().equals("data-archive-0"))
                .extracting(OrphanedVolume::reason, OrphanedVolume::volume, OrphanedVolume::ours)
                .containsExactly(tuple("kept when its workload was undeployed", volume.volume(), true));
        try (MortalClient limited =
                MortalClient.refusedAt(request -> request.uri().getPath().endsWith("/persistentvolumes"))) {
            assertThat(StatefulKit.on(limited.client())
                            .inNamespace(KIT.namespace())
                            .orphanedVolumes())
                    .as("claims, where volumes may not be listed")
                    .extracting(OrphanedVolume::name)
                    .contains("data-archive-0");
            assertThat(limited.dead()).isTrue();
        }
        WorkloadHandle again = KIT.deploy(program("archive"));
        assertThat(again.exec("cat", "/data/note").orThrow().stdout()).isEqualTo("old\n");
        assertThat(orphans()).doesNotContain("data-archive-0");

        again.undeploy(Undeploy.DELETE_DATA, "archive");
        SharedCluster.awaitReleased(volume.volume());

        assertThat(KIT.orphanedVolumes())
                .filteredOn(orphan -> orphan.name().equals(volume.volume()))
                .singleElement()
                .satisfies(orphan -> assertThat(orphan.reason()).contains("Released", "data-archive-0 is gone"));
        KIT.reclaim(volume.volume());
        assertThat(CLIENT.persistentVolumes()
                        .withName(volume.volume())
                        .get()
                        .getStatus()
                        .getPhase())
                .isEqualTo("Available");
        assertThatThrownBy(() -> KIT.reclaim(volume.volume()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it is Available");
        CLIENT.persistentVolumes().withName(volume.volume()).delete();
    }

    @Test
    void what_the_storage_cannot_do_is_refused_with_the_way_out() {
        WorkloadHandle fixed = KIT.deploy(program("fixed"));

        assertThatThrownBy(() -> fixed.expandVolumes("2Gi"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("allowVolumeExpansion");
        assertThatThrownBy(() -> fixed.expandVolumes("1Mi"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot shrink");
        assertThatThrownBy(() -> fixed.snapshot("data-fixed-0"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("snapshot.storage.k8s.io")
                .hasMessageContaining("use backups");
    }

    @Test
    void volumes_grow_under_a_running_pod_and_the_template_with_them() throws Exception {
        StorageClassSpec roomy = StorageClassSpec.named(ROOMY)
                .provisioner("rancher.io/local-path")
                .expandable(true);
        WorkloadHandle grower =
                KIT.deploy(program("grower", Claim.named("data").size("1Gi").storageClass(ROOMY))
                        .withStorageClass(roomy));
        String uid = grower.status().pods().get(0).uid();

        CompletableFuture<Void> growing = CompletableFuture.runAsync(() -> grower.expandVolumes("2Gi"));
        // The provisioner of this cluster resizes nothing, so the test does it in its place.
        await().atMost(LIMIT).until(() -> grower.volumes().get(0).requested().equals("2Gi"));
        resize("data-grower-0", "2Gi");
        growing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(grower.volumes().get(0).capacity()).isEqualTo("2Gi");
        assertThat(grower.status().pods().get(0).uid()).isEqualTo(uid);
        CompletableFuture<Void> again = CompletableFuture.runAsync(() -> grower.expandVolumes("3Gi"));
        await().atMost(LIMIT).until(() -> grower.volumes().get(0).requested().equals("3Gi"));
        Replacement dead = grower.deletePod(0).awaitReplacement();
        resize("data-grower-0", "3Gi");
        again.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(grower.volumes().get(0).capacity()).isEqualTo("3Gi");
        assertThat(grower.status().pods().get(0).uid()).isEqualTo(dead.newUid());
        KIT.deploy(program("grower", Claim.named("data").size("3Gi").storageClass(ROOMY))
                .withStorageClass(roomy));
        assertThat(grower.status().pods().get(0).uid()).isEqualTo(dead.newUid());
    }

    /** A program that has just been started may not listen to signals yet, so it is not asked for long. */
    private static void end(String pod) {
        CLIENT.pods()
                .inNamespace(KIT.namespace())
                .withName(pod)
                .withGracePeriod(1)
                .delete();
    }

    private static void resize(String claim, String size) {
        CLIENT.persistentVolumeClaims()
                .inNamespace(KIT.namespace())
                .withName(claim)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\":{\"capacity\":{\"storage\":\"" + size + "\"}}}");
    }

    @Test
    void a_pod_that_dies_in_the_middle_of_a_deployment_only_makes_it_longer() throws Exception {
        StatefulWorkload spec = program("midway").withReadyCommand("test", "-e", "/data/go");
        CompletableFuture<WorkloadHandle> deploying = CompletableFuture.supplyAsync(() -> KIT.deploy(spec));
        String first = runningPod("midway-0", "", "").getMetadata().getUid();

        end("midway-0");
        Pod second = runningPod("midway-0", first, "");
        WorkloadHandle attached = KIT.attach("midway", WorkloadHandle.class);
        assertThat(deploying).isNotDone();
        attached.exec("touch", "/data/go").orThrow();

        WorkloadHandle deployed = deploying.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(deployed.status().pods().get(0).uid())
                .isEqualTo(second.getMetadata().getUid());
    }

    @Test
    void a_deployment_with_the_number_of_pods_that_a_handle_has_made_is_no_conflict() {
        StatefulWorkload spec = program("scaled");
        WorkloadHandle scaled = KIT.deploy(spec);
        scaled.scale(2).await();

        assertThatThrownBy(() -> KIT.deploy(spec))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("an operation of a handle has changed .spec.replicas")
                .hasMessageContaining("scale(..)");
        assertThat(KIT.deploy(spec.withReplicas(2)).status().pods()).hasSize(2);
        assertThat(KIT.forceConflicts().deploy(spec).status().pods()).hasSize(1);
        assertThat(KIT.deploy(spec).status().ready()).isTrue();
    }

    private static List<String> orphans() {
        return KIT.orphanedVolumes().stream().map(OrphanedVolume::name).toList();
    }

    private static Pod runningPod(String name, String notThis, String norThis) {
        return await().atMost(LIMIT)
                .until(
                        () -> CLIENT.pods()
                                .inNamespace(KIT.namespace())
                                .withName(name)
                                .get(),
                        pod -> pod != null
                                && !List.of(notThis, norThis)
                                        .contains(pod.getMetadata().getUid())
                                && pod.getMetadata().getDeletionTimestamp() == null
                                && "Running".equals(pod.getStatus().getPhase()));
    }

    private static void schedule(String name, boolean suspended) {
        CronJob job = new CronJobBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(
                        Map.of("app.kubernetes.io/managed-by", "statefulkit", "app.kubernetes.io/instance", "sleeper"))
                .endMetadata()
                .withNewSpec()
                .withSchedule("0 3 1 1 *")
                .withSuspend(suspended)
                .withNewJobTemplate()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage("busybox:1.36")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
        CLIENT.batch()
                .v1()
                .cronjobs()
                .inNamespace(KIT.namespace())
                .resource(job)
                .create();
    }

    private static boolean suspended(String name) {
        return CLIENT.batch()
                .v1()
                .cronjobs()
                .inNamespace(KIT.namespace())
                .withName(name)
                .get()
                .getSpec()
                .getSuspend();
    }
}
