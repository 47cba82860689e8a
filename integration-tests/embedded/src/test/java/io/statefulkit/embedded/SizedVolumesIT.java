package io.statefulkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SizedVolumesIT {

    private static EmbeddedCluster cluster;

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.start(EmbeddedOptions.defaults().withSizedVolumes());
        assumeTrue(
                cluster.faults().volumesAreSized(), "this machine does not let the JVM mount, so nothing has a size");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void a_running_postgres_has_no_space_left_until_the_fault_is_undone() throws Exception {
        create("data", "100Mi", """
            apiVersion: v1
            kind: Pod
            metadata: {name: pg}
            spec:
              containers:
              - name: postgres
                image: postgres:15
                env:
                - {name: POSTGRES_PASSWORD, value: secret}
                - {name: PGDATA, value: /var/lib/postgresql/data/pgdata}
                readinessProbe:
                  exec: {command: [pg_isready, -U, postgres, -h, 127.0.0.1]}
                  periodSeconds: 1
                  timeoutSeconds: 20
                volumeMounts: [{name: v, mountPath: /var/lib/postgresql/data}]
              volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]
            """);
        awaitReady("pg");
        assertThat(sql("create table t as select generate_series(1, 1000) i")).contains("SELECT 1000");

        try (Faults.Fault full = cluster.faults().fillVolume("default", "data")) {
            assertThat(sql("create table u as select generate_series(1, 200000) i"))
                    .contains("No space left on device");
            assertThat(sql("select count(*) from t")).contains("1000");
            full.undo();
        }
        awaitReady("pg");

        assertThat(sql("create table u as select generate_series(1, 200000) i")).contains("SELECT 200000");
        assertThat(sql("select count(*) from t")).contains("1000");
    }

    @Test
    void a_volume_holds_what_its_claim_asks_for() throws Exception {
        create("small", "1Mi", """
            apiVersion: v1
            kind: Pod
            metadata: {name: small}
            spec:
              terminationGracePeriodSeconds: 0
              containers:
              - name: c
                image: busybox
                command: [sh, -c, "sleep 300"]
                volumeMounts: [{name: v, mountPath: /data}]
              volumes: [{name: v, persistentVolumeClaim: {claimName: small}}]
            """);
        awaitReady("small");

        assertThat(exec("small", "head -c 500000 /dev/zero > /data/half && echo done"))
                .isEqualTo("done\n");
        assertThat(exec("small", "head -c 900000 /dev/zero > /data/much || echo refused"))
                .contains("No space left on device", "refused");
    }

    private static void create(String claim, String size, String pod) {
        cluster.client()
                .load(new java.io.ByteArrayInputStream(
                        """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: %s, namespace: default}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: %s}}}
            """.formatted(claim, size).getBytes(StandardCharsets.UTF_8)))
                .create();
        cluster.client()
                .load(new java.io.ByteArrayInputStream(pod.getBytes(StandardCharsets.UTF_8)))
                .inNamespace("default")
                .create();
    }

    private static void awaitReady(String pod) {
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            Pod found =
                    cluster.client().pods().inNamespace("default").withName(pod).get();
            return found.getStatus().getConditions().stream()
                    .anyMatch(condition -> condition.getType().equals("Ready")
                            && condition.getStatus().equals("True"));
        });
    }

    private static String sql(String statement) throws Exception {
        return exec("pg", "psql -U postgres -tA -c '" + statement + "'; true");
    }

    private static String exec(String pod, String command) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch watch = cluster.client()
                .pods()
                .inNamespace("default")
                .withName(pod)
                .writingOutput(out)
                .exec("sh", "-c", "exec 2>&1; " + command)) {
            assertThat(watch.exitCode().get(60, TimeUnit.SECONDS)).isZero();
            return out.toString(StandardCharsets.UTF_8);
        }
    }
}
