package io.statefulkit.handle.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.connection.Shell;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.volume.OrphanedVolume;
import io.statefulkit.handle.volume.Volumes;
import io.statefulkit.lint.SpecInvalidException;
import io.statefulkit.manifest.Plan;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.testing.ApiServer;
import io.statefulkit.testing.FakeStreams;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What operations refuse and notice, on an API server where nothing else happens. */
class OperationsTest {

    private static final ApiServer CLUSTER = new ApiServer(new FakeStreams());

    @AfterAll
    static void close() {
        CLUSTER.close();
    }

    @Test
    void more_pods_on_one_claim_are_refused_after_the_deployment_too() {
        create(StatefulPostgres.named("shared")
                .withImage("postgres:15-bookworm")
                .asSingleReplicaDeployment(Claim.named("data").size("1Gi")));

        assertThatThrownBy(() -> handle(WorkloadRef.deployment("default", "shared"))
                        .scale(3)
                        .await())
                .isInstanceOf(SpecInvalidException.class)
                .hasMessageContaining("scale(3) of Deployment default/shared")
                .hasMessageContaining("ST01");
        assertThat(CLUSTER.client()
                        .apps()
                        .deployments()
                        .inNamespace("default")
                        .withName("shared")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(1);
    }

    @Test
    void more_servers_that_know_nothing_of_each_other_need_that_to_be_said() {
        StatefulPostgres spec =
                StatefulPostgres.named("lone").withImage("postgres:15-bookworm").withVolumeClaimTemplate("1Gi");
        create(spec);
        create(StatefulPostgres.named("many")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi")
                .independentReplicas());

        assertThatThrownBy(() -> handle(WorkloadRef.statefulSet("default", "lone"))
                        .scale(2)
                        .await())
                .isInstanceOf(SpecInvalidException.class)
                .hasMessageContaining("ID08");
        Rollout scaled = handle(WorkloadRef.statefulSet("default", "many")).scale(2);
        assertThat(set("many").getSpec().getReplicas()).isEqualTo(2);
        assertThatThrownBy(() -> scaled.await(Duration.ofMillis(50))).isInstanceOf(StuckException.class);
    }

    @Test
    void a_pod_that_is_not_ready_and_holds_up_those_after_it_is_named() {
        create(StatefulPostgres.named("queue")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi")
                .independentReplicas());
        readyPod("queue");
        CLUSTER.setReady("queue-0", false);
        Rollout scaled = handle(WorkloadRef.statefulSet("default", "queue")).scale(2);
        settle("queue");

        assertThatThrownBy(() -> scaled.await(Duration.ofSeconds(2)))
                .isInstanceOf(StuckException.class)
                .hasMessageContaining("1 of 2 pods exist, and queue-0 is not ready");
    }

    @Test
    void a_number_of_pods_that_somebody_else_changes_is_told() {
        create(StatefulPostgres.named("fought")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi"));

        List<String> told = new CopyOnWriteArrayList<>();
        ProgressListener listener = new ProgressListener() {
            @Override
            public void waiting(WorkloadRef workload, String missing) {
                told.add(missing);
            }
        };
        Rollout rollout = PostgresHandle.of(place(WorkloadRef.statefulSet("default", "fought"), listener), "postgres")
                .scale(0);
        CLUSTER.client()
                .apps()
                .statefulSets()
                .inNamespace("default")
                .withName("fought")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":1}}");
        readyPod("fought");
        settle("fought");

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(told).contains("somebody else has changed the number of replicas to 1"));
        assertThatThrownBy(() -> rollout.await(Duration.ofMillis(50))).isInstanceOf(StuckException.class);
    }

    /** Says in the name of the controller that there is nothing more to do. */
    private static void settle(String name) {
        StatefulSet set = set(name);
        CLUSTER.client()
                .apps()
                .statefulSets()
                .inNamespace("default")
                .withName(name)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"status\":{\"observedGeneration\":"
                                + set.getMetadata().getGeneration()
                                + ",\"replicas\":1,\"readyReplicas\":1,\"availableReplicas\":1,\"updatedReplicas\":1}}");
    }

    private static void readyPod(String workload) {
        CLUSTER.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(workload + "-0")
                        .addToLabels("app.kubernetes.io/instance", workload)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("postgres")
                        .withImage("postgres:15-bookworm")
                        .endContainer()
                        .endSpec()
                        .build())
                .inNamespace("default")
                .create();
        CLUSTER.setReady(workload + "-0", true);
    }

    @Test
    void a_restart_that_would_change_nothing_is_refused() {
        StatefulSet set = (StatefulSet) workload(StatefulPostgres.named("byhand")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi"));
        CLUSTER.client()
                .resource(new StatefulSetBuilder(set)
                        .editSpec()
                        .withNewUpdateStrategy()
                        .withType("OnDelete")
                        .endUpdateStrategy()
                        .endSpec()
                        .build())
                .inNamespace("default")
                .create();

        assertThatThrownBy(() -> handle(WorkloadRef.statefulSet("default", "byhand"))
                        .rolloutRestart()
                        .await())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("OnDelete")
                .hasMessageContaining("delete its pods one after another");
    }

    @Test
    void a_pod_that_has_taken_the_place_of_the_one_that_was_meant_is_not_deleted() {
        Pod meant = CLUSTER.createPod("swift-0");
        CLUSTER.removePod("swift-0");
        Pod next = CLUSTER.createPod("swift-0");

        assertThatThrownBy(
                        () -> new PodOperations(place(WorkloadRef.statefulSet("default", "swift"))).deleteThis(meant))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(409));
        Pod there = CLUSTER.client()
                .pods()
                .inNamespace("default")
                .withName("swift-0")
                .get();
        assertThat(there.getMetadata().getUid()).isEqualTo(next.getMetadata().getUid());
        assertThat(there.getMetadata().getDeletionTimestamp()).isNull();
    }

    @Test
    void storage_that_says_it_cannot_grow_is_not_waited_for() {
        CLUSTER.client()
                .resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName("stretchy")
                        .endMetadata()
                        .withProvisioner("example.com/disk")
                        .withAllowVolumeExpansion(true)
                        .build())
                .create();
        create(StatefulPostgres.named("tight")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate(Claim.named("data").size("1Gi").storageClass("stretchy")));
        claim("data-tight-0", "stretchy");
        status("data-tight-0", "\"allocatedResourceStatuses\":{\"storage\":\"ControllerResizeInfeasible\"}");

        assertThatThrownBy(() ->
                        handle(WorkloadRef.statefulSet("default", "tight")).expandVolumes("2Gi"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("data-tight-0 did not get 2Gi")
                .hasMessageContaining("its storage cannot provide that");
    }

    @Test
    void a_volume_that_was_made_by_hand_cannot_grow() {
        create(StatefulPostgres.named("handmade")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi"));
        claim("data-handmade-0", "");

        assertThatThrownBy(() ->
                        handle(WorkloadRef.statefulSet("default", "handmade")).expandVolumes("2Gi"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("its storage class (none) has no allowVolumeExpansion");
    }

    @Test
    void a_claim_that_no_pod_uses_says_since_when_where_the_cluster_knows_it() {
        claim("forgotten", "none");
        status(
                "forgotten",
                "\"conditions\":[{\"type\":\"Unused\",\"status\":\"True\",\"lastTransitionTime\":\"2026-11-01T00:00:00Z\"}]");

        assertThat(new Volumes(CLUSTER.client(), "default", Duration.ofSeconds(5)).orphaned())
                .filteredOn(orphan -> orphan.name().equals("forgotten"))
                .singleElement()
                .satisfies(orphan -> {
                    assertThat(orphan.since()).contains("2026-11-01T00:00:00Z");
                    assertThat(orphan.reason()).isEqualTo("no pod uses it");
                });
        usedBy("waiter", "forgotten");
        assertThat(new Volumes(CLUSTER.client(), "default", Duration.ofSeconds(5)).orphaned())
                .noneMatch(orphan -> orphan.name().equals("forgotten"));
    }

    @Test
    void a_volume_is_an_orphan_when_its_claim_is_gone_and_not_while_it_is_reserved_for_one() {
        volume("reserved", "Available");
        volume("left", "Released");

        assertThat(new Volumes(CLUSTER.client(), "default", Duration.ofSeconds(5)).orphaned())
                .extracting(OrphanedVolume::name)
                .contains("left")
                .doesNotContain("reserved");
    }

    private static void volume(String name, String phase) {
        CLUSTER.client()
                .resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withCapacity(Map.of("storage", Quantity.parse("1Gi")))
                        .withNewHostPath("/mnt/" + name, null)
                        .withNewClaimRef()
                        .withNamespace("default")
                        .withName("data-" + name + "-0")
                        .endClaimRef()
                        .endSpec()
                        .build())
                .create();
        CLUSTER.client()
                .persistentVolumes()
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"phase\":\"" + phase + "\"}}");
    }

    /** A set whose policy was to delete its claims still owns those of the pods that it has no more. */
    @Test
    void claims_of_pods_that_were_scaled_away_do_not_go_with_a_workload_whose_data_is_kept() {
        create(StatefulPostgres.named("owner").withImage("postgres:15-bookworm").withVolumeClaimTemplate("1Gi"));
        String uid = set("owner").getMetadata().getUid();
        claim("data-owner-1", "none");
        claim("data-owner-2", "none");
        CLUSTER.client()
                .persistentVolumeClaims()
                .inNamespace("default")
                .withName("data-owner-1")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"ownerReferences\":["
                                + owner("apps/v1", "StatefulSet", "owner", uid) + ","
                                + owner("v1", "ConfigMap", "other", "11111111-2222-3333-4444-555555555555") + "]}}");

        new Undeploying(place(WorkloadRef.statefulSet("default", "owner"))).disownClaims();

        assertThat(CLUSTER.client()
                        .persistentVolumeClaims()
                        .inNamespace("default")
                        .withName("data-owner-1")
                        .get()
                        .getMetadata()
                        .getOwnerReferences())
                .extracting(OwnerReference::getName)
                .containsExactly("other");
    }

    @Test
    void data_that_the_workload_was_only_told_to_use_is_not_deleted_with_it() {
        create(StatefulPostgres.named("guest")
                .withImage("postgres:15-bookworm")
                .asSingleReplicaDeployment(Claim.existing("guest-room")));
        claim("guest-room", "none");
        Place place = place(WorkloadRef.deployment("default", "guest"));
        claim("guest-dumps", "none", place.labels());

        ClaimFate fate = ClaimFate.of(place, Undeploy.DELETE_DATA);

        assertThat(fate.going()).isEmpty();
        assertThat(fate.told()).isEqualTo(new Undeployed(List.of(), List.of("guest-dumps", "guest-room")));
        assertThat(fate.secretsGo()).as("its password is still needed").isFalse();
    }

    @Test
    void data_that_was_made_for_the_workload_is_deleted_with_it() {
        create(StatefulPostgres.named("tenant")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi"));
        Place place = place(WorkloadRef.statefulSet("default", "tenant"));
        claim("data-tenant-0", "none", place.selector());
        claim("data-tenant-1", "none", place.labels());
        claim("data-tenant-2", "none");

        assertThat(ClaimFate.of(place, Undeploy.DELETE_DATA).told())
                .as("the last one was there before, and taken over with adoptClaims()")
                .isEqualTo(new Undeployed(List.of("data-tenant-0", "data-tenant-1"), List.of("data-tenant-2")));
        assertThat(ClaimFate.of(place, Undeploy.RETAIN).told())
                .isEqualTo(new Undeployed(List.of(), List.of("data-tenant-0", "data-tenant-1", "data-tenant-2")));
    }

    @Test
    void who_may_not_list_policies_or_delete_all_of_a_kind_at_once_can_undeploy_all_the_same() {
        for (String name : List.of("limited-init", "limited-config")) {
            CLUSTER.client()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withLabels(place(WorkloadRef.statefulSet("default", "limited"))
                                    .labels())
                            .endMetadata()
                            .build())
                    .inNamespace("default")
                    .create();
        }
        Interceptor role = new Interceptor() {
            @Override
            public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                String path = request.uri().getPath();
                boolean allAtOnce = request.method().equals("DELETE") && path.endsWith("/configmaps");
                if (allAtOnce || path.endsWith("/networkpolicies") || path.endsWith("/poddisruptionbudgets")) {
                    throw new KubernetesClientException("not in this role", 403, null);
                }
            }
        };
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(CLUSTER.client().getConfiguration())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("role", role))
                .build()) {
            Waiting waiting = new Waiting(client, Patience.defaults(), ProgressListener.none());
            WorkloadRef ref = WorkloadRef.statefulSet("default", "limited");

            new Undeploying(new Place(client, ref, Map.of("app", "limited"), waiting, Optional.empty())).deleteRest();
        }

        assertThat(CLUSTER.client().configMaps().inNamespace("default").list().getItems())
                .extracting(map -> map.getMetadata().getName())
                .doesNotContain("limited-init", "limited-config");
    }

    @Test
    void where_pods_are_numbered_from_another_number_on_the_first_one_is_meant_when_none_is_said() {
        create(StatefulPostgres.named("numbered")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi")
                .withOrdinalsFrom(3));
        Pod pod = CLUSTER.createPod("numbered-3");
        Place place = place(WorkloadRef.statefulSet("default", "numbered"));
        WorkloadState state = new WorkloadState(Optional.empty(), List.of(pod), List.of());

        assertThat(Pods.name(new Shell(place).pod(0))).isEqualTo("numbered-3");
        assertThat(Pods.name(new Shell(place).pod(3))).isEqualTo("numbered-3");
        assertThat(new Shell(place).find(1)).isEmpty();
        assertThat(new PodOperations(place).pod(state, 0)).isEqualTo(pod);
        assertThat(new PodOperations(place).pod(state, 3)).isEqualTo(pod);
        assertThat(new LiveWorkload(place).ordinals()).containsExactly(3);
        assertThat(new LiveWorkload(place).stoppedPod().getSpec().getVolumes())
                .extracting(Volume::getPersistentVolumeClaim)
                .filteredOn(Objects::nonNull)
                .extracting(PersistentVolumeClaimVolumeSource::getClaimName)
                .containsExactly("data-numbered-3");
    }

    private static String owner(String version, String kind, String name, String uid) {
        return "{\"apiVersion\":\"" + version + "\",\"kind\":\"" + kind + "\",\"name\":\"" + name + "\",\"uid\":\""
                + uid + "\"}";
    }

    private static void usedBy(String pod, String claim) {
        CLUSTER.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(pod)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("busybox:1.36")
                        .endContainer()
                        .addNewVolume()
                        .withName("data")
                        .withNewPersistentVolumeClaim(claim, false)
                        .endVolume()
                        .endSpec()
                        .build())
                .inNamespace("default")
                .create();
    }

    private static void claim(String name, String storageClass) {
        claim(name, storageClass, Map.of());
    }

    private static void claim(String name, String storageClass, Map<String, String> labels) {
        CLUSTER.client()
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withStorageClassName(storageClass)
                        .withVolumeName("pv-" + name)
                        .withNewResources()
                        .withRequests(Map.of("storage", Quantity.parse("1Gi")))
                        .endResources()
                        .endSpec()
                        .build())
                .inNamespace("default")
                .create();
        status(name, "\"phase\":\"Bound\"");
    }

    private static void status(String claim, String fields) {
        CLUSTER.client()
                .persistentVolumeClaims()
                .inNamespace("default")
                .withName(claim)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{" + fields + "}}");
    }

    private static void create(StatefulPostgres spec) {
        CLUSTER.client().resource(workload(spec)).inNamespace("default").create();
    }

    private static HasMetadata workload(StatefulPostgres spec) {
        return Plan.of(spec).resources().stream()
                .filter(object -> object instanceof StatefulSet || object instanceof Deployment)
                .findFirst()
                .orElseThrow();
    }

    private static StatefulSet set(String name) {
        return CLUSTER.client()
                .apps()
                .statefulSets()
                .inNamespace("default")
                .withName(name)
                .get();
    }

    private static PostgresHandle handle(WorkloadRef ref) {
        return PostgresHandle.of(place(ref), "postgres");
    }

    private static Place place(WorkloadRef ref) {
        return place(ref, ProgressListener.none());
    }

    private static Place place(WorkloadRef ref, ProgressListener listener) {
        Waiting waiting = new Waiting(CLUSTER.client(), Patience.defaults(), listener);
        return new Place(
                CLUSTER.client(), ref, Map.of("app.kubernetes.io/instance", ref.name()), waiting, Optional.empty());
    }
}
