package io.statefulkit.manifest;

import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.job.BackupCron;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.spec.pod.Budget;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.spec.pod.Exposure;
import io.statefulkit.spec.pod.ProbeTimes;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.pod.SecurityProfile;
import io.statefulkit.spec.pod.Spread;
import io.statefulkit.spec.pod.UpdateStrategy;
import io.statefulkit.spec.pod.ValueRef;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.Reclaim;
import io.statefulkit.spec.storage.StaticVolume;
import io.statefulkit.spec.storage.StorageClassSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Specs that say all kinds of things, the same ones for the same seed. Some of them make no sense. */
final class RandomSpecs {

    private final Random random;

    RandomSpecs(long seed) {
        this.random = new Random(seed);
    }

    StatefulSpec next() {
        return switch (random.nextInt(4)) {
            case 0 ->
                changed(StatefulPostgres.named("pg-" + random.nextInt(1000)).withImage(postgresImage()), postgres());
            case 1 ->
                changed(
                        StatefulMySql.named("my-" + random.nextInt(1000))
                                .withImage(pick("mysql:8.4.6", "mariadb:11.8.3-noble")),
                        mysql());
            case 2 ->
                changed(
                        StatefulRedis.named("kv-" + random.nextInt(1000))
                                .withImage(pick(
                                        "redis:7.4.5-bookworm",
                                        "redis:8.2.1-alpine3.22",
                                        "valkey/valkey:8.1.3-alpine3.22")),
                        redis());
            default ->
                changed(
                        StatefulWorkload.named("app-" + random.nextInt(1000)).withImage("example.org/app:1.0"),
                        workload());
        };
    }

    private String postgresImage() {
        return pick(
                "postgres:12.22-bookworm",
                "postgres:15.14-alpine3.22",
                "postgres:17.6-bookworm",
                "postgres:18.1-trixie");
    }

    private <S> S changed(S spec, List<UnaryOperator<S>> changes) {
        S result = spec;
        for (UnaryOperator<S> change : changes) {
            if (random.nextInt(3) == 0) {
                result = change.apply(result);
            }
        }
        // most specs get a volume at last, so that most are good for something
        return random.nextInt(10) == 0 ? result : changes.get(0).apply(result);
    }

    private List<UnaryOperator<StatefulPostgres>> postgres() {
        List<UnaryOperator<StatefulPostgres>> changes = new ArrayList<>();
        changes.add(s -> s.withVolumeClaimTemplate(claim()));
        changes.add(s -> s.asSingleReplicaDeployment(claim()));
        changes.add(s -> s.withEphemeralStorage());
        changes.add(s -> s.withDatabase(pick("orders", "shop-1")));
        changes.add(s -> s.withDatabase(ValueRef.configMap("settings", "db.name")));
        changes.add(s -> s.withCredentials(credentials()));
        changes.add(s -> s.appUser("app"));
        changes.add(s -> s.withConfig("work_mem", "8MB"));
        changes.add(s -> s.withInitScript("10-tables.sql", "create table t(id int);"));
        changes.add(s -> s.withSidecarBackup(sidecarBackup()));
        changes.add(s -> s.withBackupCron(BackupCron.cron("0 3 * * *").zone("Europe/Berlin")));
        changes.add(s -> s.withCron(SqlCron.named("tidy").sql("delete from t").destructive()));
        changes.add(s -> s.inNamespace("default"));
        changes.add(s -> s.withLabels(Map.of("team", "blue")));
        changes.add(s -> s.withReplicas(random.nextInt(3)));
        changes.add(s -> s.independentReplicas());
        changes.add(s -> s.withUpdate(update()));
        changes.add(s -> s.withOrdinalsFrom(random.nextInt(3)));
        changes.add(s -> s.withSpread(pick(Spread.values())));
        changes.add(s -> s.withDisruptionBudget(pick(Budget.values())));
        changes.add(s -> s.withExposure(exposure()));
        changes.add(s -> s.allowFrom(Map.of("role", "client")));
        changes.add(s -> s.withResources(resources()));
        changes.add(s -> s.withSharedMemory("128Mi"));
        changes.add(s -> s.withShutdown(Duration.ofSeconds(30L + random.nextInt(600))));
        changes.add(s -> s.withProbes(p -> p.liveness(ProbeTimes.seconds(20, 3, 5))));
        changes.add(s -> s.withSecurity(pick(SecurityProfile.values())));
        changes.add(s -> s.runAs(1001, 1001));
        changes.add(s -> s.withStorageClass(storageClass()));
        changes.add(s -> s.withVolumeRetention(pick(Reclaim.values()), pick(Reclaim.values())));
        changes.add(s -> s.withSidecar(
                "exporter", c -> c.image("example.org/postgres-exporter:1.0").env("A", "b")));
        changes.add(s -> s.withoutFence("a test"));
        return changes;
    }

    private List<UnaryOperator<StatefulMySql>> mysql() {
        List<UnaryOperator<StatefulMySql>> changes = new ArrayList<>();
        changes.add(s -> s.withVolumeClaimTemplate(claim()));
        changes.add(s -> s.asSingleReplicaDeployment(claim()));
        changes.add(s -> s.withDatabase("shop"));
        changes.add(s -> s.withCredentials(credentials()));
        changes.add(s -> s.withConfig("max-connections", "50"));
        changes.add(s -> s.withInitScript("a.sql", "create table t(id int);"));
        changes.add(s -> s.withSidecarBackup(sidecarBackup()));
        changes.add(s -> s.withBackupCron(BackupCron.cron("*/15 * * * *").keep(3)));
        changes.add(s -> s.withCron(SqlCron.named("count").sql("select 1").history(1)));
        changes.add(s -> s.withReplicas(random.nextInt(3)));
        changes.add(s -> s.withResources(resources()));
        changes.add(s -> s.withSecurity(pick(SecurityProfile.values())));
        changes.add(s -> s.withExposure(exposure()));
        changes.add(s -> s.withUpdate(update()));
        return changes;
    }

    private List<UnaryOperator<StatefulRedis>> redis() {
        List<UnaryOperator<StatefulRedis>> changes = new ArrayList<>();
        changes.add(s -> s.withVolumeClaimTemplate(claim()));
        changes.add(s -> s.asSingleReplicaDeployment(claim()));
        changes.add(s -> s.withEphemeralStorage());
        changes.add(s -> s.withCredentials(credentials()));
        changes.add(StatefulRedis::asCache);
        changes.add(s -> s.withConfig("appendfsync", "always"));
        changes.add(s -> s.withSidecarBackup(sidecarBackup()));
        changes.add(s -> s.withBackupCron(BackupCron.cron("0 3 * * *")));
        changes.add(s -> s.withReplicas(random.nextInt(3)));
        changes.add(s -> s.independentReplicas());
        changes.add(s -> s.withResources(resources()));
        changes.add(s -> s.withSpread(pick(Spread.values())));
        return changes;
    }

    private List<UnaryOperator<StatefulWorkload>> workload() {
        List<UnaryOperator<StatefulWorkload>> changes = new ArrayList<>();
        changes.add(s -> s.withVolumeClaimTemplate(Claim.named("state-" + random.nextInt(1000)), "/var/lib/app"));
        changes.add(s -> s.asSingleReplicaDeployment(claim(), "/data"));
        changes.add(s -> s.withPort("http", 8080));
        changes.add(s -> s.withPort("admin", 8081));
        changes.add(s -> s.withCommand("app", "--serve"));
        changes.add(s -> s.withArgs("--verbose"));
        changes.add(s -> s.withEnv("MODE", "fast"));
        changes.add(s -> s.withReadyCommand("app", "--ready"));
        changes.add(s -> s.withFence());
        changes.add(s -> s.withReplicas(random.nextInt(4)));
        changes.add(s -> s.withResources(resources()));
        changes.add(s -> s.withSharedMemory("64Mi"));
        changes.add(s -> s.withExposure(exposure()));
        return changes;
    }

    private Claim claim() {
        Claim claim = Claim.named(pick("data", "files")).size(pick("100Mi", "1Gi", "10Gi", "2500M"));
        return switch (random.nextInt(5)) {
            case 0 -> claim.storageClass("quick");
            case 1 -> claim.exclusiveToOnePod();
            case 2 -> claim.on(StaticVolume.local("disk-1", "/srv/disk-1").onNode("node-1"));
            case 3 -> claim.on(StaticVolume.hostPath("disk-2", "/srv/disk-2"));
            default -> claim;
        };
    }

    private Credentials credentials() {
        return switch (random.nextInt(4)) {
            case 0 -> Credentials.existingSecret("login", "user", "pass.word");
            case 1 -> Credentials.literal("app", pick("short", "k8Jq2mVx7Rt4Zw9P", "with 'quotes' and more"));
            case 2 -> Credentials.generateFor("app");
            default -> Credentials.generate();
        };
    }

    private SidecarBackup sidecarBackup() {
        SidecarBackup backup = SidecarBackup.every(Duration.ofMinutes(1L + random.nextInt(100)))
                .keep(1 + random.nextInt(9));
        return switch (random.nextInt(3)) {
            case 0 -> backup.asNativeSidecar();
            case 1 -> backup.on(Claim.named("dumps").size("2Gi"));
            default -> backup;
        };
    }

    private UpdateStrategy update() {
        return switch (random.nextInt(3)) {
            case 0 -> UpdateStrategy.onDelete();
            case 1 -> UpdateStrategy.rolling().partition(1);
            default -> UpdateStrategy.rolling().minReady(Duration.ofSeconds(3));
        };
    }

    private Exposure exposure() {
        return switch (random.nextInt(4)) {
            case 0 -> Exposure.nodePort(30000 + random.nextInt(2768));
            case 1 -> Exposure.anyNodePort();
            case 2 -> Exposure.loadBalancer();
            default -> Exposure.clusterOnly();
        };
    }

    private Resources resources() {
        Resources cpu = Resources.cpu(pick("100m", "0.5", "2"));
        return random.nextBoolean() ? cpu.memory(pick("256Mi", "1Gi", "1500M")).cpuLimit("4") : cpu;
    }

    private StorageClassSpec storageClass() {
        StorageClassSpec byHand = StorageClassSpec.named(pick("quick", "disks"));
        return random.nextBoolean()
                ? byHand
                : byHand.provisioner("rancher.io/local-path")
                        .parameter("speed", "high")
                        .expandable(random.nextBoolean());
    }

    @SafeVarargs
    private <T> T pick(T... options) {
        return options[random.nextInt(options.length)];
    }
}
