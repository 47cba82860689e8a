package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.statefulkit.lint.Finding;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.SpecInvalidException;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.job.SqlJob;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditsTest {

    private static final StatefulPostgres ORDERS =
            StatefulPostgres.named("orders").withImage("postgres:17.6-bookworm").withVolumeClaimTemplate("1Gi");

    @Test
    void an_edit_has_the_last_word() {
        Plan plan = Plan.of(ORDERS.customize(PodSpecBuilder.class, pod -> pod.withPriorityClassName("important"))
                .customizeContainer("postgres", container -> container.addToArgs("-c", "work_mem=8MB")));

        assertThat(plan.toYaml()).contains("priorityClassName: \"important\"", "work_mem=8MB");
    }

    @Test
    void an_edit_without_effect_is_an_error() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of(ORDERS.customize(DeploymentBuilder.class, d -> d.withKind("Other"))))
                .withMessage("the edit of DeploymentBuilder changed nothing: there is no such part, or it is like that"
                        + " already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of(ORDERS.customizeContainer("postgress", c -> c.withTty(true))))
                .withMessageContaining("the edit of container postgress changed nothing");
    }

    /** As those that are part of the spec: where pods need a toleration, those of jobs do. */
    @Test
    void a_job_is_edited_where_it_has_what_an_edit_is_about() {
        StatefulPostgres edited = ORDERS.customize(
                        StatefulSetBuilder.class,
                        set -> set.editSpec().withMinReadySeconds(7).endSpec())
                .customize(PodSpecBuilder.class, pod -> pod.withPriorityClassName("important"));

        JobPlan plan = JobPlan.of(edited, SqlJob.named("tidy").sql("delete from orders"));

        assertThat(plan.toYaml()).containsOnlyOnce("priorityClassName: \"important\"");
    }

    @Test
    void the_rules_look_at_what_an_edit_did() {
        assertThatThrownBy(() ->
                        Plan.of(ORDERS.customizeContainer("postgres", container -> container.withReadinessProbe(null))))
                .isInstanceOfSatisfying(
                        SpecInvalidException.class,
                        refusal -> assertThat(refusal.findings())
                                .extracting(Finding::rule)
                                .containsExactly(Rule.LC01));
        assertThatThrownBy(() -> Plan.of(ORDERS.customize(
                        StatefulSetBuilder.class,
                        set -> set.editSpec().withServiceName("nobody").endSpec())))
                .hasMessageContaining("serviceName nobody is no headless Service");
    }

    @Test
    void a_finding_can_be_allowed_with_a_reason_that_stays() {
        Plan plan = Plan.of(ORDERS.customizeContainer("postgres", container -> container.withReadinessProbe(null))
                .allow(Rule.LC01, "nobody connects over the Service"));

        assertThat(plan.lint().allowed()).containsEntry(Rule.LC01, "nobody connects over the Service");
        assertThat(plan.lint().rules()).doesNotContain(Rule.LC01);
    }

    @Test
    void strict_refuses_what_is_only_a_warning() {
        StatefulPostgres movingTag = ORDERS.withImage("postgres:17");

        assertThat(Plan.of(movingTag).lint().rules()).contains(Rule.IMG03);
        assertThat(Plan.strict(ORDERS).lint().clean()).isTrue();
        assertThatThrownBy(() -> Plan.strict(movingTag)).hasMessageContaining("IMG03");
    }

    @Test
    void objects_of_your_own_come_along() {
        Plan plan = Plan.of(ORDERS.withResource(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("extra")
                .endMetadata()
                .addToData("a", "b")
                .build()));

        assertThat(plan.resources())
                .extracting(object -> object.getMetadata().getName())
                .contains("extra");
    }

    @Test
    void files_are_numbered_in_the_order_of_application(@TempDir Path directory) throws Exception {
        Plan.of(TutorialSystemsTest.SHOP).writeTo(directory);

        assertThat(directory.resolve("cluster")).isDirectoryContaining("glob:**/01-namespace-shop.yaml");
        Path secret = directory.resolve("namespace/03-secret-shop-credentials.yaml");
        assertThat(Files.readString(secret)).contains("# not shown: username").doesNotContain("\ndata:");
    }
}
