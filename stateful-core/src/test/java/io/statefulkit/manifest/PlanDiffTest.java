package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.statefulkit.internal.Base64Text;
import io.statefulkit.manifest.DryRun.Preview;
import io.statefulkit.manifest.ObjectDiff.Change;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.pod.Credentials;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a difference looks like, with a cluster that is played. */
class PlanDiffTest {

    private static final Plan PLAN = Plan.of(StatefulPostgres.named("orders")
            .withImage("postgres:17.6-bookworm")
            .withVolumeClaimTemplate("1Gi")
            .withCredentials(Credentials.literal("app", "k8Jq2mVx7Rt4Zw9P")));

    @Test
    void an_empty_cluster_gets_everything_as_planned() {
        PlanDiff diff = PLAN.diff(planned -> Preview.of(Optional.empty(), planned));

        assertThat(diff.of(Change.CREATED)).hasSameSizeAs(PLAN.resources());
        assertThat(diff.isEmpty()).isFalse();
        assertThat(diff.toString())
                .contains("created   StatefulSet/orders\n@@ -0,0 +1,", "+  serviceName: \"orders-headless\"\n")
                .endsWith("5 created\n");
    }

    @Test
    void what_the_cluster_keeps_for_itself_is_no_difference() {
        PlanDiff diff = PLAN.diff(planned -> Preview.of(Optional.of(live(planned)), planned));

        assertThat(diff.isEmpty()).as(diff.toString()).isTrue();
        assertThat(diff.toString()).contains("unchanged StatefulSet/orders\n").endsWith("5 unchanged\n");
    }

    @Test
    void a_change_is_shown_line_by_line() {
        PlanDiff diff = PLAN.diff(planned -> Preview.of(Optional.of(scaled(planned, 3)), planned));

        assertThat(diff.of(Change.CHANGED)).singleElement().satisfies(set -> {
            assertThat(set.object()).isEqualTo("StatefulSet/orders");
            assertThat(set.text())
                    .contains("\n-  replicas: 3\n+  replicas: 1\n")
                    .startsWith("@@ -");
        });
    }

    @Test
    void values_of_secrets_are_not_shown_only_whether_they_are_others() {
        PlanDiff diff = PLAN.diff(planned -> Preview.of(Optional.of(withPassword(planned, "before-4711")), planned));

        assertThat(diff.of(Change.CHANGED))
                .singleElement()
                .satisfies(secret -> assertThat(secret.text())
                        .contains(
                                "-  password: \"(hidden)\"\n+  password: \"(another value)\"\n",
                                "   username: \"(hidden)\"\n"));
        assertThat(diff.toString())
                .doesNotContain("before-4711", Base64Text.encode("before-4711"))
                .doesNotContain("k8Jq2mVx7Rt4Zw9P", Base64Text.encode("k8Jq2mVx7Rt4Zw9P"));
    }

    @Test
    void a_refusal_says_why() {
        PlanDiff diff = PLAN.diff(planned -> Preview.refused(Optional.empty(), "no room"));

        assertThat(diff.of(Change.REFUSED)).hasSameSizeAs(PLAN.resources());
        assertThat(diff.toString()).contains("refused   Service/orders\nno room\n");
    }

    private static HasMetadata scaled(HasMetadata planned, int replicas) {
        return planned instanceof StatefulSet set
                ? new StatefulSetBuilder(set)
                        .editSpec()
                        .withReplicas(replicas)
                        .endSpec()
                        .build()
                : planned;
    }

    private static HasMetadata withPassword(HasMetadata planned, String password) {
        return planned instanceof Secret secret
                ? new SecretBuilder(secret)
                        .addToData("password", Base64Text.encode(password))
                        .editMetadata()
                        .addToAnnotations("kubectl.kubernetes.io/last-applied-configuration", password)
                        .endMetadata()
                        .build()
                : planned;
    }

    private static HasMetadata live(HasMetadata planned) {
        if (!(planned instanceof StatefulSet set)) {
            return planned;
        }
        return new StatefulSetBuilder(set)
                .editMetadata()
                .withUid("4d0f")
                .withResourceVersion("17")
                .withGeneration(2L)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .withNewStatus()
                .withReplicas(1)
                .endStatus()
                .build();
    }
}
