package io.statefulkit.manifest;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.lint.Finding;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.Severity;
import io.statefulkit.lint.SpecInvalidException;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.job.BackupCron;
import io.statefulkit.spec.job.BackupJob;
import io.statefulkit.spec.job.CsvImport;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.spec.job.SqlJob;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.pod.ValueRef;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.StaticVolume;
import io.statefulkit.spec.storage.StorageClassSpec;
import org.junit.jupiter.api.Test;

/** The systems of five tutorials, said in Java, and the YAML that this gives. */
class TutorialSystemsTest {

    /** A to-do list on a Deployment, with a dump beside the server, an import and a table that is emptied each day. */
    static final StatefulPostgres TASKS = StatefulPostgres.named("tasks")
            .withImage("postgres:17.6-bookworm")
            .withCredentials(Credentials.existingSecret("db-login", "db.user.name", "db.user.password"))
            .withDatabase(ValueRef.configMap("tasks-settings", "db.name"))
            .asSingleReplicaDeployment(Claim.named("tasks-data").size("1Gi"))
            .withSidecarBackup(SidecarBackup.every(ofHours(1))
                    .keep(24)
                    .on(Claim.named("tasks-dumps").size("2Gi")))
            .withCron(SqlCron.named("tidy")
                    .cron("0 17 * * *")
                    .zone("Europe/Berlin")
                    .sql("delete from todo")
                    .destructive());

    /** A server on a disk of one node. */
    static final StatefulPostgres PEOPLE = StatefulPostgres.named("people")
            .withImage("postgres:14.19-bookworm")
            .withStorageClass(StorageClassSpec.named("by-hand"))
            .asSingleReplicaDeployment(Claim.named("people-data")
                    .size("1Gi")
                    .storageClass("by-hand")
                    .on(StaticVolume.local("disk-1", "/srv/disk-1").onNode("node-1")));

    /** Two independent key-value stores, each with an application in its pod. */
    static final StatefulRedis STORE = StatefulRedis.named("store")
            .withImage("redis:7.4.5-bookworm")
            .withReplicas(2)
            .independentReplicas()
            .withVolumeClaimTemplate(Claim.named("store-data").size("1Gi").storageClass("local-path"))
            .withSidecar("filler", container -> container.image("example.org/filler:1.4"))
            .allow(Rule.ID09, "a demonstration");

    /** A server in a StatefulSet, with everything that the tutorial had to find out by itself as a default. */
    static final StatefulPostgres WORDS = StatefulPostgres.named("words")
            .withImage("postgres:16.10-bookworm")
            .withCredentials(Credentials.generate())
            .withVolumeClaimTemplate("1Gi")
            .withBackupCron(BackupCron.cron("30 2 * * *").keep(7));

    /** A server in a namespace and on a storage class of its own. */
    static final StatefulMySql SHOP = StatefulMySql.named("shop")
            .inNamespace("shop")
            .withNamespaceCreated()
            .withImage("mysql:8.4.6")
            .withStorageClass(StorageClassSpec.named("quick").provisioner("k8s.io/minikube-hostpath"))
            .withVolumeClaimTemplate(Claim.named("data").size("20Gi").storageClass("quick"))
            .withResources(Resources.cpu("500m").memory("1Gi"))
            .customizeContainer("mysql", container -> container.addToArgs("--innodb-print-all-deadlocks=ON"));

    @Test
    void tasks_on_a_deployment_with_dumps_and_a_cron_job() {
        golden("system-a", TASKS);
    }

    @Test
    void tasks_are_imported_exactly_once() {
        CsvImport rows = CsvImport.into("todo")
                .columns("todo")
                .rows("Feed the cat", "Really feed the cat", "Clean attic", "Procrastinate, \"later\"");

        Golden.check("system-a-import.yaml", JobPlan.of(TASKS, rows).toYaml());
    }

    @Test
    void people_on_a_disk_of_one_node() {
        golden("system-b", PEOPLE);
    }

    @Test
    void people_scaled_up_on_one_claim_are_refused() {
        assertThatThrownBy(() -> Plan.of(PEOPLE.withReplicas(3)))
                .isInstanceOfSatisfying(
                        SpecInvalidException.class,
                        refusal -> assertThat(refusal.findings())
                                .extracting(Finding::rule)
                                .containsExactly(Rule.ST01));
    }

    @Test
    void independent_stores_with_a_container_beside_each() {
        golden("system-c", STORE);
    }

    @Test
    void several_stores_that_nobody_calls_independent_are_refused() {
        assertThatThrownBy(() -> Plan.of(StatefulRedis.named("store")
                        .withImage("redis:7.4.5-bookworm")
                        .withReplicas(2)
                        .withVolumeClaimTemplate("1Gi")))
                .hasMessageContaining("2 replicas of Redis are as many unrelated databases");
    }

    @Test
    void words_in_a_stateful_set_with_a_nightly_dump() {
        golden("system-d", WORDS);
    }

    @Test
    void one_off_jobs_of_words() {
        Golden.check(
                "system-d-jobs.yaml",
                JobPlan.of(WORDS, SqlJob.named("schema").sql("create table company(id int primary key, name text)"))
                                .toYaml()
                        + JobPlan.of(
                                        WORDS,
                                        BackupJob.named("dump-before-upgrade").on(Claim.existing("dumps")))
                                .toYaml());
    }

    @Test
    void shop_with_namespace_and_class() {
        golden("system-e", SHOP);
    }

    @Test
    void administrators_get_their_objects_apart() {
        Plan plan = Plan.of(SHOP);

        assertThat(plan.clusterScoped())
                .extracting(object -> object.getKind())
                .containsExactly("Namespace", "StorageClass");
        assertThat(plan.namespaced())
                .extracting(object -> object.getKind())
                .containsExactly("Secret", "Service", "Service", "PodDisruptionBudget", "StatefulSet");
    }

    private static void golden(String name, StatefulSpec spec) {
        Plan plan = Plan.of(spec);
        Golden.check(name + ".yaml", plan.toYaml());
        // what we render ourselves gives no cause for warnings
        assertThat(plan.lint().of(Severity.WARNING)).isEmpty();
    }
}
