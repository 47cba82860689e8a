package io.statefulkit.deploy.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.manifest.Plan;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.spec.pod.ValueRef;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.StaticVolume;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PreflightTest {

    private static final StatefulPostgres SPEC = StatefulPostgres.named("orders")
            .inNamespace("shop")
            .withNamespaceCreated()
            .withImage("postgres:17.6-bookworm")
            .withVolumeClaimTemplate("1Gi");

    @Test
    void a_claim_of_an_earlier_deployment_is_looked_for_at_the_first_ordinal() {
        try (RefusingCluster cluster = new RefusingCluster(PreflightTest::onlyClassesAreHidden)) {
            Plan plan = Plan.of(SPEC.withOrdinalsFrom(5));

            check(cluster, plan);

            assertThat(cluster.asked()).contains("/api/v1/namespaces/shop/persistentvolumeclaims/data-orders-5");
        }
    }

    @Test
    void a_class_that_only_a_volume_made_by_hand_has_need_not_exist() {
        try (RefusingCluster cluster = new RefusingCluster(PreflightTest::noClassesAndVolumes)) {
            Plan plan = Plan.of(SPEC.asSingleReplicaDeployment(
                    Claim.named("files").storageClass("manual").on(StaticVolume.hostPath("disk", "/srv/disk"))));
            Plan template =
                    Plan.of(SPEC.withVolumeClaimTemplate(Claim.named("data").storageClass("manual"))
                            .withResource(plan.resources().stream()
                                    .filter(PersistentVolume.class::isInstance)
                                    .findFirst()
                                    .orElseThrow()));

            assertThatNoException().isThrownBy(() -> check(cluster, plan));
            assertThatNoException().isThrownBy(() -> check(cluster, template));
        }
    }

    @Test
    void a_class_that_nothing_has_is_missing() {
        try (RefusingCluster cluster = new RefusingCluster(PreflightTest::noClassesAndVolumes)) {
            Plan plan = Plan.of(SPEC.withVolumeClaimTemplate(Claim.named("data").storageClass("manual")));

            assertThatThrownBy(() -> check(cluster, plan))
                    .isInstanceOf(ApplyException.class)
                    .hasMessageContaining("expected storage class manual, but the cluster has no storage class at all");
        }
    }

    @Test
    void a_claim_that_somebody_else_made_is_not_taken_for_a_deployment_unless_it_is_said_to_exist() {
        try (RefusingCluster cluster = new RefusingCluster(PreflightTest::onlyTheClaimIsThere)) {
            Plan taken = Plan.of(SPEC.asSingleReplicaDeployment(Claim.named("files")));
            Plan used = Plan.of(SPEC.asSingleReplicaDeployment(Claim.existing("files")));

            assertThatThrownBy(() -> check(cluster, taken))
                    .isInstanceOf(ApplyException.class)
                    .hasMessageContaining("rule AP05");
            assertThatNoException().isThrownBy(() -> check(cluster, used));
        }
    }

    /** Whoever lacks the permission is told so by the deployment itself, if that needs it. */
    @Test
    void what_may_not_be_looked_at_keeps_no_deployment_from_being_tried() {
        StatefulPostgres spec = StatefulPostgres.named(RefusingCluster.OWNER)
                .inNamespace("shop")
                .withNamespaceCreated()
                .withImage("postgres:17.6-bookworm")
                .asSingleReplicaDeployment(Claim.named("files"));
        try (RefusingCluster cluster = new RefusingCluster(PreflightTest::claimIsThereAndSecretsAreHidden);
                RefusingCluster closed = new RefusingCluster(path -> path.contains("/apis/apps/") ? 404 : 403)) {

            assertThatNoException().isThrownBy(() -> check(cluster, Plan.of(spec)));
            assertThat(cluster.asked())
                    .contains("/api/v1/namespaces/shop/secrets/" + RefusingCluster.OWNER + "-credentials");
            assertThatNoException().isThrownBy(() -> check(closed, Plan.of(spec)));
        }
    }

    @Test
    void a_secret_or_config_map_that_is_not_there_is_missed_by_deployments_as_by_sets() {
        StatefulPostgres foreign = SPEC.withCredentials(Credentials.existingSecret("login", "user", "password"));
        StatefulPostgres named = SPEC.withDatabase(ValueRef.configMap("settings", "db"));
        try (RefusingCluster cluster = new RefusingCluster(PreflightTest::onlyClassesAreHidden)) {
            for (StatefulPostgres spec : List.of(foreign, foreign.asSingleReplicaDeployment(Claim.existing("files")))) {
                assertThatThrownBy(() -> check(cluster, Plan.of(spec)))
                        .isInstanceOf(ApplyException.class)
                        .hasMessageContaining("Secret shop/login")
                        .hasMessageContaining("the pods need it but it does not exist");
            }
            for (StatefulPostgres spec : List.of(named, named.asSingleReplicaDeployment(Claim.existing("files")))) {
                assertThatThrownBy(() -> check(cluster, Plan.of(spec)))
                        .isInstanceOf(ApplyException.class)
                        .hasMessageContaining("ConfigMap shop/settings")
                        .hasMessageContaining("the pods need it but it does not exist");
            }
        }
    }

    @Test
    void a_config_map_without_the_key_says_what_it_has() {
        StatefulPostgres named = SPEC.withDatabase(ValueRef.configMap("settings", "db"));
        try (RefusingCluster cluster =
                new RefusingCluster(path -> path.endsWith("/configmaps/settings") ? 200 : onlyClassesAreHidden(path))) {
            assertThatThrownBy(() -> check(cluster, Plan.of(named)))
                    .hasMessageContaining("it has no key db, only []")
                    .hasMessageContaining("name a key that exists");
        }
    }

    private static int claimIsThereAndSecretsAreHidden(String path) {
        return path.contains("/secrets/") ? 403 : onlyTheClaimIsThere(path);
    }

    private static int onlyTheClaimIsThere(String path) {
        return path.endsWith("/persistentvolumeclaims/files") ? 200 : onlyClassesAreHidden(path);
    }

    private static void check(RefusingCluster cluster, Plan plan) {
        new Preflight(cluster.client(), "shop", plan.resources(), false).check();
    }

    private static int noClassesAndVolumes(String path) {
        return path.endsWith("/storageclasses") || path.endsWith("/persistentvolumes") ? 200 : 404;
    }

    private static int onlyClassesAreHidden(String path) {
        return path.endsWith("/storageclasses") ? 403 : 404;
    }
}
