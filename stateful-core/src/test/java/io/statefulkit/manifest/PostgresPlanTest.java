package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.lint.Finding;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.SpecInvalidException;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.StaticVolume;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PostgresPlanTest {

    private static final StatefulPostgres ORDERS =
            StatefulPostgres.named("orders").withImage("postgres:15-bookworm").withVolumeClaimTemplate("1Gi");

    @Test
    void the_smallest_postgres_has_every_default() {
        Golden.check("postgres-smallest.yaml", Plan.of(ORDERS).toYaml());
    }

    @Test
    void equal_specs_give_the_same_bytes() {
        StatefulPostgres again = StatefulPostgres.named("orders")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi");

        assertThat(again).isEqualTo(ORDERS);
        assertThat(Plan.of(again).toYaml(SecretMode.INCLUDED))
                .isEqualTo(Plan.of(ORDERS).toYaml(SecretMode.INCLUDED));
    }

    @Test
    void a_generated_password_is_made_when_the_secret_is_created() {
        SecretSpec secret = Plan.of(ORDERS).secrets().get(0);

        assertThat(secret.createOnly()).isTrue();
        assertThat(secret.generatedKeys()).containsExactly("password");
        assertThat(secret.secret().getData()).containsOnlyKeys("username");
        assertThat(secret.filled(key -> "s3cret").getData()).containsEntry("password", "czNjcmV0");
    }

    @Test
    void a_literal_password_appears_only_when_asked_for() {
        Plan plan = Plan.of(ORDERS.withCredentials(Credentials.literal("app", "correct-horse")));

        assertThat(plan.toYaml()).doesNotContain("Y29ycmVjdC1ob3JzZQ==").contains("# not shown: password, username");
        assertThat(plan.toYaml(SecretMode.INCLUDED)).contains("password: \"Y29ycmVjdC1ob3JzZQ==\"");
        assertThat(plan.spec().toString() + plan + plan.secrets()).doesNotContain("correct-horse");
        assertThat(Credentials.literal("app", "correct-horse").toString()).doesNotContain("correct-horse");
    }

    @Test
    void the_volume_goes_where_the_major_wants_it() {
        String seventeen = Plan.of(ORDERS.withImage("postgres:17.6-bookworm")).toYaml();
        String eighteen = Plan.of(ORDERS.withImage("postgres:18.1-alpine3.22")).toYaml();

        assertThat(seventeen)
                .contains("mountPath: \"/var/lib/postgresql/data\"", "value: \"/var/lib/postgresql/data/pgdata\"");
        assertThat(eighteen)
                .contains("mountPath: \"/var/lib/postgresql\"", "value: \"/var/lib/postgresql/18/docker\"")
                .contains("runAsUser: 70");
    }

    @Test
    void a_spec_without_image_and_volume_is_refused_with_both_findings() {
        assertThatThrownBy(() -> Plan.of(StatefulPostgres.named("orders")))
                .isInstanceOfSatisfying(
                        SpecInvalidException.class,
                        refusal -> assertThat(refusal.findings())
                                .extracting(Finding::rule)
                                .containsExactly(Rule.IMG01, Rule.ST04))
                .hasMessageContaining("StatefulPostgres[orders] is refused: 2 findings")
                .hasMessageContaining("withVolumeClaimTemplate");
    }

    @Test
    void images_that_wait_for_their_last_client_are_stopped_fast_before_the_grace_is_over() {
        StatefulPostgres old = ORDERS.withImage("postgres:12.3-alpine").withShutdown(Duration.ofMinutes(2));

        assertThat(Plan.of(old).toYaml()).contains("preStop:", "exec pg_ctl stop -D \\\"$PGDATA\\\" -m fast -w -t 110");
        assertThat(Plan.of(old.withImage("postgres:12.22-bookworm")).toYaml()).doesNotContain("preStop");
        assertThat(Plan.of(old.withImage("postgres:12-bookworm")).toYaml()).doesNotContain("preStop");
    }

    @Test
    void text_can_be_sorted_without_the_images_library_from_17_on() {
        StatefulPostgres builtin = ORDERS.withImage("postgres:17.6-bookworm").withBuiltinLocale();

        assertThat(Plan.of(builtin).toYaml()).contains("--locale-provider=builtin", "--locale=C.UTF-8");
        assertThatThrownBy(() -> Plan.of(builtin.withImage("postgres:16.10-bookworm")))
                .hasMessage("withBuiltinLocale of 'orders' needs PostgreSQL 17 or newer but the image is"
                        + " postgres:16.10-bookworm");
    }

    @Test
    void a_directory_of_a_node_can_be_given_to_the_server() {
        StatefulPostgres onDisk = ORDERS.asSingleReplicaDeployment(Claim.named("files")
                .storageClass("by-hand")
                .on(StaticVolume.hostPath("disk-1", "/srv/disk-1").onNode("node-1")));
        assertThat(Plan.of(onDisk).lint().rules()).contains(Rule.ST12);

        Plan given = Plan.of(onDisk.withVolumePermissionsInit());

        assertThat(given.lint().rules()).doesNotContain(Rule.ST12);
        assertThat(given.toYaml().replaceAll("\n *", "\n"))
                .contains(
                        "- \"chown\"\n- \"999:999\"\n- \"/var/lib/postgresql/data\"\n",
                        "name: \"volume-permissions\"",
                        "hostPath:\npath: \"/srv/disk-1\"\ntype: \"DirectoryOrCreate\"\n");
    }

    @Test
    void k8up_is_told_how_to_dump() {
        assertThat(Plan.of(ORDERS.withK8upBackups()).toYaml())
                .contains("k8up.io/backupcommand: \"sh -c 'exec pg_dump", "k8up.io/file-extension: \".dump\"");
    }
}
