package io.statefulkit.handle.job;

import static io.statefulkit.testing.Programs.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.StatefulKit;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.testing.Interruption;
import io.statefulkit.testing.MortalClient;
import io.statefulkit.testing.Programs;
import io.statefulkit.testing.SharedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations that are interrupted at each of their steps come to their end when they are called again. */
@Timeout(300)
class InterruptionsIT {

    private static final StatefulKit KIT = SharedCluster.kit("interruptions");
    private static final KubernetesClient CLIENT = SharedCluster.client();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void a_workload_stops_starts_and_goes_though_each_step_fails_once() {
        String name = "steps";
        StatefulWorkload spec = program(name);
        WorkloadHandle before = KIT.deploy(spec);
        before.exec("sh", "-c", "echo kept >/data/note").orThrow();
        Cron cron = schedule(CLIENT, name);
        String volume = before.volumes().get(0).volume();

        assertThat(Interruption.DEATH.atEachRequest(
                        client -> attach(client, name).hibernate().await()))
                .hasSize(2);
        assertThat(cron.suspended()).isTrue();
        assertThat(before.status().pods()).isEmpty();
        assertThat(Interruption.DEATH.atEachRequest(
                        client -> attach(client, name).wake().await()))
                .hasSize(2);
        assertThat(cron.suspended()).isFalse();
        assertThat(before.exec("cat", "/data/note").orThrow().stdout()).isEqualTo("kept\n");
        assertThat(Interruption.DEATH.atEachRequest(
                        client -> attach(client, name).protect()))
                .hasSize(1);
        assertThat(before.volumes().get(0).reclaimPolicy()).isEqualTo("Retain");
        assertThat(Interruption.DEATH.atEachRequest(
                        client -> attach(client, name).undeploy(Undeploy.RETAIN)))
                .hasSizeGreaterThan(5);

        assertThat(leftOf(name)).isEmpty();
        assertThat(claim(name).getMetadata().getLabels()).containsEntry("statefulkit.dev/retained", "true");
        WorkloadHandle again = KIT.deploy(spec);
        assertThat(again.exec("cat", "/data/note").orThrow().stdout()).isEqualTo("kept\n");
        assertThat(claim(name).getMetadata().getLabels()).doesNotContainKey("statefulkit.dev/retained");
        assertThat(Interruption.REFUSAL.atEachRequest(
                        client -> attach(client, name).undeploy(Undeploy.DELETE_DATA, name)))
                .hasSizeGreaterThan(5);
        assertThat(CLIENT.persistentVolumeClaims()
                        .inNamespace(KIT.namespace())
                        .withName("data-" + name + "-0")
                        .get())
                .isNull();
        SharedCluster.awaitReleased(volume);
        assertThat(Interruption.DEATH.atEachRequest(client ->
                        StatefulKit.on(client).inNamespace(KIT.namespace()).reclaim(volume)))
                .hasSize(1);
        CLIENT.persistentVolumes().withName(volume).delete();
    }

    private static WorkloadHandle attach(KubernetesClient client, String name) {
        return StatefulKit.on(client).inNamespace(KIT.namespace()).attach(name, WorkloadHandle.class);
    }

    private static PersistentVolumeClaim claim(String name) {
        return CLIENT.persistentVolumeClaims()
                .inNamespace(KIT.namespace())
                .withName("data-" + name + "-0")
                .get();
    }

    private static List<String> leftOf(String name) {
        Map<String, String> labels = Map.of("app.kubernetes.io/instance", name);
        return java.util.stream.Stream.of(
                        CLIENT.apps()
                                .statefulSets()
                                .inNamespace(KIT.namespace())
                                .withLabels(labels)
                                .list(),
                        CLIENT.pods()
                                .inNamespace(KIT.namespace())
                                .withLabels(labels)
                                .list(),
                        CLIENT.services()
                                .inNamespace(KIT.namespace())
                                .withLabels(labels)
                                .list(),
                        CLIENT.batch()
                                .v1()
                                .cronjobs()
                                .inNamespace(KIT.namespace())
                                .withLabels(labels)
                                .list())
                .flatMap(list -> list.getItems().stream())
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .toList();
    }

    @Test
    void a_workload_that_was_about_to_hibernate_can_be_woken_instead() {
        KIT.deploy(program("drowsy"));
        Cron cron = schedule(CLIENT, "drowsy");
        try (MortalClient mortal =
                MortalClient.dyingAt(request -> request.uri().getPath().endsWith("/statefulsets/drowsy")
                        && !request.method().equals("GET"))) {
            assertThatThrownBy(
                            () -> attach(mortal.client(), "drowsy").hibernate().await())
                    .isInstanceOf(RuntimeException.class);
            assertThat(mortal.dead()).isTrue();
        }
        assertThat(cron.suspended()).isTrue();

        assertThat(attach(CLIENT, "drowsy").wake().await().newUids()).containsOnlyKeys("drowsy-0");
        assertThat(cron.suspended()).isFalse();
    }

    @Test
    void a_set_is_replaced_around_its_pods_though_each_step_fails_once() {
        String name = "frame";
        WorkloadHandle before = KIT.deploy(program(name));
        String pod = before.status().pods().get(0).uid();
        StatefulWorkload larger = program(name, Claim.named("data").size("2Gi"));

        assertThat(Interruption.REFUSAL.atEachRequest(client -> StatefulKit.on(client)
                        .inNamespace(KIT.namespace())
                        .recreate()
                        .deploy(larger)))
                .hasSizeGreaterThan(3);

        assertThat(before.status().pods().get(0).uid()).isEqualTo(pod);
        assertThat(before.status().ready()).isTrue();
        assertThat(KIT.deploy(larger).status().pods().get(0).uid()).isEqualTo(pod);
    }

    @Test
    void watches_that_end_while_a_workload_stops_or_goes_are_begun_anew() throws Exception {
        var faults = SharedCluster.faults("the API server is told to end all watches");
        WorkloadHandle slow = KIT.deploy(
                program("slow", Claim.named("data").size("1Gi")).withCommand("sh", "-c", Programs.UNTIL_TOLD));
        CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> slow.undeploy(Undeploy.RETAIN));
        await().atMost(LIMIT).until(() -> pod("slow-0").getMetadata().getDeletionTimestamp() != null);
        faults.dropWatches();
        assertThat(leaving).isNotDone();
        // The program ends at once, and takes whatever runs beside it along: what became of this is not asked.
        slow.exec("touch", "/data/go");

        leaving.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(leftOf("slow")).isEmpty();
        assertThat(claim("slow").getMetadata().getLabels()).containsEntry("statefulkit.dev/retained", "true");
    }

    private static Pod pod(String name) {
        return Objects.requireNonNull(
                CLIENT.pods().inNamespace(KIT.namespace()).withName(name).get());
    }

    @Test
    void a_schedule_is_made_changed_and_suspended_though_each_step_fails_once() {
        String name = "timed";

        assertThat(Interruption.DEATH.atEachRequest(client -> schedule(client, name)))
                .hasSizeGreaterThan(1);
        assertThat(Interruption.DEATH.atEachRequest(client -> cron(client, name).suspend()))
                .hasSize(1);
        assertThat(cron(CLIENT, name).suspended()).isTrue();
        assertThat(Interruption.DEATH.atEachRequest(client -> cron(client, name).reschedule("0 4 1 1 *")))
                .hasSize(1);
        assertThat(cronJob(name).getSpec().getSchedule()).isEqualTo("0 4 1 1 *");
        assertThatThrownBy(() -> cron(CLIENT, name).reschedule("whenever"))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("whenever");
        assertThat(cronJob(name).getSpec().getSchedule()).isEqualTo("0 4 1 1 *");
        assertThat(Interruption.DEATH.atEachRequest(client -> schedule(client, name)))
                .hasSizeGreaterThan(1);
        assertThat(cronJob(name).getSpec().getSchedule()).isEqualTo("0 3 1 1 *");
        assertThat(cron(CLIENT, name).suspended()).isTrue();
        assertThat(Interruption.DEATH.atEachRequest(client -> cron(client, name).resume()))
                .hasSize(1);
        assertThat(Interruption.DEATH.atEachRequest(client -> cron(client, name).delete()))
                .hasSize(2);
        assertThat(CLIENT.configMaps()
                        .inNamespace(KIT.namespace())
                        .withName(name + "-sweep")
                        .get())
                .as("its SQL goes with it")
                .isNull();
        assertThatThrownBy(() -> cron(CLIENT, name).suspend())
                .hasMessageContaining("does not exist (any more): make it with schedule(..)");
    }

    @Test
    void what_a_job_reads_goes_when_somebody_deletes_the_job_and_not_with_the_next_one_of_its_name() {
        String name = "reader-once";
        Place place = place(CLIENT, "reader", Optional.empty());
        JobFiles files = new JobFiles(place, name);
        var maps = CLIENT.configMaps().inNamespace(KIT.namespace()).withName(name);
        ConfigMap first = CLIENT.resource(file(name, place)).create();
        Job job = CLIENT.resource(suspended(name)).create();

        files.goWithTheirJob();
        assertThat(maps.get().getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getKind, OwnerReference::getName, OwnerReference::getUid)
                .containsExactly(tuple("Job", name, job.getMetadata().getUid()));
        files.removeOld();
        ConfigMap next = CLIENT.resource(file(name, place)).create();
        assertThat(next.getMetadata().getUid()).isNotEqualTo(first.getMetadata().getUid());
        files.removeOld();
        assertThat(maps.get()).as("nobody's file is left for the job to come").isNotNull();
        files.goWithTheirJob();

        CLIENT.resource(job)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();

        await().atMost(LIMIT).until(() -> maps.get() == null);
    }

    private static ConfigMap file(String name, Place place) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(KIT.namespace())
                .withLabels(place.labels())
                .addToLabels("app.kubernetes.io/name", "postgresql-job")
                .endMetadata()
                .addToData("job.sql", "select 1")
                .build();
    }

    private static Job suspended(String name) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(KIT.namespace())
                .endMetadata()
                .withNewSpec()
                .withSuspend(true)
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
                .build();
    }

    /** A schedule needs only to know what its server was deployed from. */
    private static Cron schedule(KubernetesClient client, String name) {
        StatefulPostgres spec =
                StatefulPostgres.named(name).withImage("postgres:15-bookworm").withVolumeClaimTemplate("1Gi");
        return PostgresHandle.of(place(client, name, Optional.of(spec)), "postgres")
                .schedule(SqlCron.named("sweep").cron("0 3 1 1 *").sql("select 1"));
    }

    private static Place place(KubernetesClient client, String name, Optional<StatefulSpec> spec) {
        Waiting waiting = new Waiting(client, Patience.defaults(), ProgressListener.none());
        return new Place(client, WorkloadRef.statefulSet(KIT.namespace(), name), Map.of(), waiting, spec);
    }

    private static Cron cron(KubernetesClient client, String name) {
        return new Cron(place(client, name, Optional.empty()), name + "-sweep");
    }

    private static CronJob cronJob(String name) {
        return CLIENT.batch()
                .v1()
                .cronjobs()
                .inNamespace(KIT.namespace())
                .withName(name + "-sweep")
                .get();
    }
}
