package io.statefulkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.deploy.DeployOptions;
import io.statefulkit.deploy.apply.Deployer;
import io.statefulkit.manifest.ObjectDiff.Change;
import io.statefulkit.manifest.Plan;
import io.statefulkit.manifest.PlanDiff;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.testing.SharedCluster;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a deployment would change, asked of an API server. */
class DiffIT {

    /** No replicas: the objects are what matters. */
    private static final StatefulPostgres SPEC = StatefulPostgres.named("orders")
            .withImage("postgres:15-bookworm")
            .withReplicas(0)
            .withVolumeClaimTemplate("1Gi");

    private final KubernetesClient client = SharedCluster.client();
    private final StatefulKit kit = SharedCluster.kit("diff");

    @Test
    void before_the_first_deployment_everything_is_new_and_nothing_happens() {
        PlanDiff diff = kit.diff(SPEC);

        assertThat(diff.of(Change.CREATED)).as(diff.toString()).hasSize(5);
        assertThat(client.apps()
                        .statefulSets()
                        .inNamespace(kit.namespace())
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(client.secrets().inNamespace(kit.namespace()).list().getItems())
                .isEmpty();
    }

    @Test
    void after_a_deployment_there_is_no_difference() {
        apply(SPEC);

        PlanDiff diff = kit.diff(SPEC);

        assertThat(diff.isEmpty()).as(diff.toString()).isTrue();
    }

    @Test
    void a_change_is_shown_object_by_object_and_not_made() {
        apply(SPEC);

        PlanDiff diff = kit.diff(SPEC.withReplicas(1).withConfig("work_mem", "8MB"));

        assertThat(diff.of(Change.CHANGED))
                .extracting(object -> object.object())
                .containsExactly("StatefulSet/orders");
        assertThat(diff.toString())
                .contains("-  replicas: 0\n+  replicas: 1\n", "+        - \"work_mem=8MB\"\n")
                .contains("unchanged Secret/orders-credentials\n")
                .endsWith("1 changed, 4 unchanged\n");
        assertThat(replicas()).isZero();
    }

    @Test
    void what_cannot_be_changed_in_place_is_refused_with_the_way_out() {
        apply(SPEC);

        PlanDiff diff = kit.diff(SPEC.withVolumeClaimTemplate("2Gi"));

        assertThat(diff.of(Change.REFUSED))
                .singleElement()
                .satisfies(
                        set -> assertThat(set.text()).contains("Forbidden: updates to statefulset spec", "recreate()"));
    }

    @Test
    void what_somebody_else_owns_is_refused_unless_it_is_to_be_taken_over() {
        apply(SPEC);
        client.apps()
                .statefulSets()
                .inNamespace(kit.namespace())
                .withName("orders")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"revisionHistoryLimit\":3}}");

        assertThat(kit.diff(SPEC).of(Change.REFUSED))
                .singleElement()
                .satisfies(set -> assertThat(set.text()).contains(".spec.revisionHistoryLimit", "forceConflicts()"));
        assertThat(kit.forceConflicts().diff(SPEC).toString())
                .contains("-  revisionHistoryLimit: 3\n+  revisionHistoryLimit: 10\n");
    }

    @Test
    void objects_of_a_namespace_that_is_planned_too_are_new() {
        StatefulPostgres elsewhere =
                SPEC.inNamespace(kit.namespace() + "-planned").withNamespaceCreated();

        assertThat(kit.diff(elsewhere).of(Change.CREATED)).hasSize(6);
        assertThat(kit.diff(SPEC.inNamespace("nowhere")).of(Change.REFUSED)).hasSize(5);
    }

    @Test
    void another_password_is_a_difference_that_is_not_shown() {
        apply(SPEC.withCredentials(Credentials.literal("app", "k8Jq2mVx7Rt4Zw9P")));

        PlanDiff diff = kit.diff(SPEC.withCredentials(Credentials.literal("app", "u7Wq1nBx5Rt4Zw0L")));

        assertThat(diff.of(Change.CHANGED))
                .extracting(object -> object.object())
                .containsExactly("Secret/orders-credentials");
        assertThat(diff.toString())
                .contains("+  password: \"(another value)\"\n")
                .doesNotContain("k8Jq", "u7Wq");
    }

    private void apply(StatefulPostgres spec) {
        new Deployer(client, kit.namespace(), DeployOptions.defaults())
                .apply(List.copyOf(Plan.of(spec).resources()));
    }

    private int replicas() {
        return client.apps()
                .statefulSets()
                .inNamespace(kit.namespace())
                .withName("orders")
                .get()
                .getSpec()
                .getReplicas();
    }
}
