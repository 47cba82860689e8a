package io.statefulkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.apply.Deployer;
import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.lint.Rule;
import io.statefulkit.spec.Annotations;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.Reclaim;
import io.statefulkit.testing.Programs;
import io.statefulkit.testing.SharedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deployments over what is there already. */
@Timeout(300)
class DeployChangesIT {

    private static final StatefulKit KIT = SharedCluster.kit("changes");
    private static final KubernetesClient CLIENT = SharedCluster.client();

    @Test
    void what_cannot_be_changed_in_place_is_named_and_recreated_only_when_asked_for_around_running_pods() {
        WorkloadHandle before = KIT.deploy(program("grow", "1Gi"));
        String pod = before.status().pods().get(0).uid();
        String set = set("grow").getMetadata().getUid();

        assertThatThrownBy(() -> KIT.deploy(program("grow", "2Gi")))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("StatefulSet " + KIT.namespace() + "/grow")
                .hasMessageContaining("rule ST19")
                .hasMessageContaining("recreate()");
        assertThat(set("grow").getMetadata().getUid()).isEqualTo(set);
        WorkloadHandle after = KIT.recreate().deploy(program("grow", "2Gi"));

        assertThat(set("grow").getMetadata().getUid()).isNotEqualTo(set);
        assertThat(after.status().pods().get(0).uid()).isEqualTo(pod);
        assertThat(after.status().claims()).isEqualTo(before.status().claims());
    }

    /** The controller takes an owner back from claims of pods that it has, and from no others. */
    @Test
    void claims_of_pods_that_were_scaled_away_are_kept_and_not_waited_for_when_a_set_is_replaced() {
        StatefulWorkload spec = program("shrunk", "1Gi").withVolumeRetention(Reclaim.DELETE, Reclaim.RETAIN);
        KIT.deploy(spec);
        StatefulSet before = set("shrunk");
        var claims = CLIENT.persistentVolumeClaims().inNamespace(KIT.namespace());
        claims.resource(new PersistentVolumeClaimBuilder(
                                before.getSpec().getVolumeClaimTemplates().get(0))
                        .withNewMetadata()
                        .withName("data-shrunk-1")
                        .addNewOwnerReference()
                        .withApiVersion("apps/v1")
                        .withKind("StatefulSet")
                        .withName("shrunk")
                        .withUid(before.getMetadata().getUid())
                        .endOwnerReference()
                        .endMetadata()
                        .build())
                .create();

        KIT.recreate()
                .withTimeout(Duration.ofMinutes(2))
                .deploy(program("shrunk", "2Gi").withVolumeRetention(Reclaim.DELETE, Reclaim.RETAIN));

        assertThat(set("shrunk").getMetadata().getUid())
                .isNotEqualTo(before.getMetadata().getUid());
        assertThat(claims.withName("data-shrunk-1").get().getMetadata().getOwnerReferences())
                .noneMatch(owner -> owner.getUid().equals(before.getMetadata().getUid()));
        assertThat(claims.withName("data-shrunk-0").get()).isNotNull();
    }

    @Test
    void pods_that_the_next_set_would_not_select_are_stopped_first_and_their_claims_are_used_again() throws Exception {
        StatefulWorkload spec = program("renamed", "1Gi").withCommand("sh", "-c", Programs.UNTIL_TOLD);
        WorkloadHandle before = KIT.deploy(spec);
        before.exec("sh", "-c", "echo old >/data/note").orThrow();
        String pod = before.status().pods().get(0).uid();
        StatefulWorkload other = spec.customize(
                StatefulSetBuilder.class,
                set -> set.editSpec()
                        .editSelector()
                        .addToMatchLabels("tier", "two")
                        .endSelector()
                        .editTemplate()
                        .editMetadata()
                        .addToLabels("tier", "two")
                        .endMetadata()
                        .endTemplate()
                        .endSpec());

        assertThatThrownBy(() -> KIT.deploy(other))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("recreate()");
        List<String> lines = new CopyOnWriteArrayList<>();
        CompletableFuture<WorkloadHandle> next = CompletableFuture.supplyAsync(
                () -> KIT.recreate().withProgress(collecting(lines)).deploy(other));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() ->
                        assertThat(lines).contains("its pods, which the next one would not select, are still there"));
        before.exec("touch", "/data/go");
        WorkloadHandle after = next.get(2, TimeUnit.MINUTES);

        assertThat(after.status().pods().get(0).uid()).isNotEqualTo(pod);
        assertThat(after.status().claims()).isEqualTo(before.status().claims());
        assertThat(after.exec("cat", "/data/note").orThrow().stdout()).isEqualTo("old\n");
    }

    @Test
    void a_workload_that_is_being_deleted_is_waited_for() throws Exception {
        StatefulWorkload spec = program("leaving", "1Gi").withCommand("sh", "-c", Programs.UNTIL_TOLD);
        WorkloadHandle leaving = KIT.deploy(spec);
        String set = set("leaving").getMetadata().getUid();
        CLIENT.apps()
                .statefulSets()
                .inNamespace(KIT.namespace())
                .withName("leaving")
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();
        List<String> lines = new CopyOnWriteArrayList<>();
        CompletableFuture<WorkloadHandle> next = CompletableFuture.supplyAsync(
                () -> KIT.withProgress(collecting(lines)).deploy(spec));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(lines).contains("the workload before it, or one of its pods, is still there"));
        // The program ends as soon as it sees the file, and what was executed beside it ends with it: its exit code
        // says nothing.
        leaving.exec("touch", "/data/go");

        assertThat(next.get(2, TimeUnit.MINUTES).status().ready()).isTrue();
        assertThat(set("leaving").getMetadata().getUid()).isNotEqualTo(set);
    }

    @Test
    void the_strategy_recreate_can_follow_a_rolling_update() {
        Deployer deployer = new Deployer(CLIENT, KIT.namespace(), DeployOptions.defaults());
        deployer.deploy(List.of(deployment("switch", "RollingUpdate")));

        deployer.deploy(List.of(deployment("switch", "Recreate")));

        var strategy = CLIENT.apps()
                .deployments()
                .inNamespace(KIT.namespace())
                .withName("switch")
                .get()
                .getSpec()
                .getStrategy();
        assertThat(strategy.getType()).isEqualTo("Recreate");
        assertThat(strategy.getRollingUpdate()).isNull();
    }

    @Test
    void data_of_another_major_version_is_refused_before_a_server_starts_on_it() {
        StatefulPostgres spec =
                StatefulPostgres.named("aged").withImage("postgres:15-bookworm").withVolumeClaimTemplate("1Gi");
        CLIENT.persistentVolumeClaims()
                .inNamespace(KIT.namespace())
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName("data-aged-0")
                        .withAnnotations(Map.of(Annotations.MAJOR, "14", Annotations.IMAGE_FAMILY, "debian"))
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .withRequests(Map.of("storage", Quantity.parse("1Gi")))
                        .endResources()
                        .endSpec()
                        .build())
                .create();

        assertThatThrownBy(() -> KIT.adoptClaims().deploy(spec))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("rule " + Rule.IMG04)
                .hasMessageContaining("14")
                .hasMessageContaining("upgrade(..)");
        assertThat(CLIENT.apps()
                        .statefulSets()
                        .inNamespace(KIT.namespace())
                        .withName("aged")
                        .get())
                .isNull();
    }

    @Test
    void progress_tells_what_is_missing_and_never_that_what_was_just_created_does_not_exist() {
        List<String> lines = new CopyOnWriteArrayList<>();

        KIT.withProgress(collecting(lines)).deploy(program("told", "1Gi"));

        assertThat(lines)
                .contains("StatefulSet told created")
                .noneMatch(line -> line.contains("does not exist"))
                .last()
                .isEqualTo("StatefulSet " + KIT.namespace() + "/told ready");
    }

    private static ProgressListener collecting(List<String> lines) {
        return new ProgressListener() {
            @Override
            public void applied(String object, String what) {
                lines.add(object + " " + what);
            }

            @Override
            public void waiting(WorkloadRef workload, String missing) {
                lines.add(missing);
            }

            @Override
            public void done(WorkloadRef workload, String what) {
                lines.add(workload + " " + what);
            }
        };
    }

    private static StatefulSet set(String name) {
        return CLIENT.apps()
                .statefulSets()
                .inNamespace(KIT.namespace())
                .withName(name)
                .get();
    }

    private static StatefulWorkload program(String name, String size) {
        return Programs.program(name, Claim.named("data").size(size));
    }

    private static Deployment deployment(String name, String strategy) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNewStrategy()
                .withType(strategy)
                .endStrategy()
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", name))
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("main")
                .withImage("busybox:1.36")
                .withCommand("sh", "-c", Programs.IDLE)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
