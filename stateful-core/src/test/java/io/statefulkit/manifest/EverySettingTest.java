package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.pod.Budget;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.spec.pod.Exposure;
import io.statefulkit.spec.pod.ProbeTimes;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.pod.SecurityProfile;
import io.statefulkit.spec.pod.Spread;
import io.statefulkit.spec.pod.UpdateStrategy;
import io.statefulkit.spec.pod.ValueRef;
import io.statefulkit.spec.storage.AccessMode;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.Reclaim;
import io.statefulkit.spec.storage.StaticVolume;
import io.statefulkit.spec.storage.StorageClassSpec;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each word leads to in the YAML. */
class EverySettingTest {

    private static final Claim DATA = Claim.named("data").size("10Gi");
    private static final StatefulPostgres PG =
            StatefulPostgres.named("orders").withImage("postgres:17.6-bookworm").withVolumeClaimTemplate(DATA);
    private static final StatefulRedis REDIS =
            StatefulRedis.named("cache").withImage("redis:7.4.5-bookworm").withVolumeClaimTemplate("1Gi");
    private static final StatefulMySql MYSQL =
            StatefulMySql.named("shop").withImage("mysql:8.4.6").withVolumeClaimTemplate("2Gi");
    private static final StatefulWorkload APP = StatefulWorkload.named("app").withImage("example.org/app:1.0");

    static Stream<Arguments> settings() {
        return Stream.of(images(), storage(), rollout(), network(), pods(), contents())
                .flatMap(all -> all);
    }

    private static Stream<Arguments> images() {
        return Stream.of(
                row(PG.withImage("postgres:12.22-bookworm"), "- \"password_encryption=scram-sha-256\""),
                row(PG.withImage("postgres:16.10-alpine3.22"), "runAsUser: 70"),
                row(PG.withImage("postgres:18.1-trixie"), "value: \"/var/lib/postgresql/18/docker\""),
                row(PG.withImage("postgres:18.1-trixie"), "- mountPath: \"/var/lib/postgresql\" name: \"data\""),
                row(REDIS.withImage("redis:8.2.1-alpine3.22"), "runAsGroup: 1000"),
                row(REDIS.withImage("valkey/valkey:8.1.3-alpine3.22"), "image: \"valkey/valkey:8.1.3-alpine3.22\""),
                row(MYSQL.withImage("mariadb:11.8.3-noble"), "name: \"MARIADB_ROOT_PASSWORD_FILE\""),
                row(MYSQL, "name: \"MYSQL_ROOT_HOST\" value: \"localhost\""),
                row(PG.runAs(1001, 1002), "runAsGroup: 1002 runAsNonRoot: true runAsUser: 1001"));
    }

    private static Stream<Arguments> storage() {
        return Stream.of(
                row(PG.withVolumeClaimTemplate(DATA.storageClass("ssd")), "storageClassName: \"ssd\""),
                row(PG.withVolumeClaimTemplate(DATA.exclusiveToOnePod()), "- \"ReadWriteOncePod\""),
                row(PG.withVolumeClaimTemplate(DATA.accessMode(AccessMode.READ_WRITE_MANY)), "- \"ReadWriteMany\""),
                row(
                        PG.withVolumeRetention(Reclaim.DELETE, Reclaim.RETAIN),
                        "whenDeleted: \"Delete\" whenScaled: \"Retain\""),
                row(PG.asSingleReplicaDeployment(DATA), "strategy: type: \"Recreate\""),
                row(PG.asSingleReplicaDeployment(Claim.existing("old")), "persistentVolumeClaim: claimName: \"old\""),
                row(
                        PG.asSingleReplicaDeployment(DATA.storageClass("by-hand")
                                .on(StaticVolume.local("disk-1", "/srv/disk-1").onNode("node-1"))),
                        "local: path: \"/srv/disk-1\" nodeAffinity: required: nodeSelectorTerms: - matchExpressions: -"
                                + " key: \"kubernetes.io/hostname\" operator: \"In\" values: - \"node-1\""),
                row(
                        PG.asSingleReplicaDeployment(DATA.storageClass("by-hand")
                                .on(StaticVolume.hostPath("disk-2", "/srv/disk-2")
                                        .reclaim(Reclaim.DELETE))),
                        "persistentVolumeReclaimPolicy: \"Delete\""),
                row(
                        PG.withStorageClass(StorageClassSpec.named("quick")
                                .provisioner("rancher.io/local-path")
                                .parameter("speed", "high")
                                .expandable(true)),
                        "parameters: speed: \"high\" provisioner: \"rancher.io/local-path\" reclaimPolicy: \"Retain\""
                                + " volumeBindingMode: \"WaitForFirstConsumer\""),
                row(PG.withEphemeralStorage(), "- emptyDir: {} name: \"data\""),
                row(APP.withVolumeClaimTemplate(DATA, "/var/lib/app"), "- mountPath: \"/var/lib/app\" name: \"data\""));
    }

    private static Stream<Arguments> rollout() {
        return Stream.of(
                row(PG.withReplicas(2).independentReplicas(), "replicas: 2"),
                row(PG.withUpdate(UpdateStrategy.onDelete()), "updateStrategy: type: \"OnDelete\""),
                row(
                        PG.withUpdate(UpdateStrategy.rolling().partition(1)),
                        "updateStrategy: rollingUpdate: partition: 1 type: \"RollingUpdate\""),
                row(PG.withUpdate(UpdateStrategy.rolling().minReady(Duration.ofSeconds(7))), "minReadySeconds: 7"),
                row(PG.withOrdinalsFrom(3), "ordinals: start: 3"),
                row(PG.withSpread(Spread.REQUIRE_NODES), "requiredDuringSchedulingIgnoredDuringExecution:"),
                row(PG.withSpread(Spread.PREFER_ZONES), "topologyKey: \"topology.kubernetes.io/zone\""),
                row(PG.withDisruptionBudget(Budget.BLOCK_DRAINS), "maxUnavailable: 0"),
                row(PG.withShutdown(Duration.ofMinutes(7)), "terminationGracePeriodSeconds: 420"));
    }

    private static Stream<Arguments> network() {
        return Stream.of(
                row(PG.withExposure(Exposure.nodePort(30432)), "nodePort: 30432 port: 5432"),
                row(PG.withExposure(Exposure.loadBalancer()), "type: \"LoadBalancer\""),
                row(PG, "name: \"orders-headless\" spec: clusterIP: \"None\""),
                row(
                        PG.allowFrom(Map.of("role", "client")),
                        "- podSelector: matchLabels: role: \"client\" ports: - port: 5432 protocol: \"TCP\""),
                row(
                        APP.withVolumeClaimTemplate(DATA, "/d").withPort("http", 8080),
                        "- containerPort: 8080 name: \"http\""),
                row(PG.inNamespace("shop").withNamespaceCreated(), "kind: \"Namespace\""),
                row(PG.withLabels(Map.of("team", "blue")), "team: \"blue\""),
                row(
                        PG.withAnnotations(Map.of("example.org/owner", "blue")),
                        "annotations: example.org/owner: \"blue\""));
    }

    private static Stream<Arguments> pods() {
        return Stream.of(
                row(
                        PG.withResources(Resources.cpu("2").memory("4Gi").cpuLimit("3")),
                        "limits: cpu: \"3\" memory: \"4Gi\""),
                row(PG.withResources(Resources.cpu("2").memory("4Gi")), "- \"shared_buffers=1024MB\""),
                row(PG.withSharedMemory("1Gi"), "medium: \"Memory\" sizeLimit: \"1Gi\""),
                row(
                        PG.withProbes(probes -> probes.liveness(ProbeTimes.seconds(20, 3, 5))),
                        "failureThreshold: 5 periodSeconds: 20 timeoutSeconds: 3"),
                row(
                        PG.withSecurity(SecurityProfile.OPENSHIFT),
                        "securityContext: fsGroupChangePolicy: \"OnRootMismatch\" runAsNonRoot: true seccompProfile:"),
                row(
                        PG.withSidecar(
                                "exporter",
                                c -> c.image("example.org/exporter:1.0").asNativeSidecar()),
                        "initContainers: - image: \"example.org/exporter:1.0\" name: \"exporter\""),
                row(
                        PG.withSidecarBackup(
                                SidecarBackup.every(Duration.ofHours(2)).keep(9)),
                        "- name: \"BACKUP_INTERVAL\" value: \"7200\""),
                row(
                        PG.withSidecarBackup(
                                SidecarBackup.every(Duration.ofHours(2)).asNativeSidecar()),
                        "restartPolicy: \"Always\""));
    }

    private static Stream<Arguments> contents() {
        return Stream.of(
                row(PG.withConfig("work_mem", "8MB"), "- \"work_mem=8MB\""),
                row(
                        PG.withInitScript("10-tables.sql", "create table t(id int);"),
                        "10-tables.sql: \"create table t(id int);\""),
                row(
                        PG.withDatabase(ValueRef.configMap("settings", "db")),
                        "configMapKeyRef: key: \"db\" name: \"settings\""),
                row(
                        PG.withCredentials(Credentials.existingSecret("login", "db.user", "db.password")),
                        "secretKeyRef: key: \"db.password\" name: \"login\""),
                row(PG.appUser("clerk"), "name: \"STATEFULKIT_APP_USER\" value: \"clerk\""),
                row(REDIS.asCache(), "maxmemory-policy allkeys-lru"),
                row(REDIS, "appendonly yes"),
                row(MYSQL.withConfig("max-connections", "50"), "- \"--max-connections=50\""));
    }

    private static Arguments row(StatefulSpec spec, String yaml) {
        return Arguments.of(spec, yaml);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("settings")
    void a_word_has_its_place_in_the_yaml(StatefulSpec spec, String yaml) {
        assertThat(Plan.of(spec).toYaml().replaceAll("\\s+", " ")).contains(yaml);
    }
}
