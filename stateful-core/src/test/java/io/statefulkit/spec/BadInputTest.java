package io.statefulkit.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.statefulkit.lint.Rule;
import io.statefulkit.spec.job.BackupCron;
import io.statefulkit.spec.job.BackupJob;
import io.statefulkit.spec.job.CsvImport;
import io.statefulkit.spec.job.Schedule;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.spec.job.SqlJob;
import io.statefulkit.spec.pod.ContainerSpec;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.spec.pod.Exposure;
import io.statefulkit.spec.pod.Image;
import io.statefulkit.spec.pod.ProbeTimes;
import io.statefulkit.spec.pod.Probes;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.pod.UpdateStrategy;
import io.statefulkit.spec.pod.ValueRef;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.Size;
import io.statefulkit.spec.storage.StaticVolume;
import io.statefulkit.spec.storage.StorageClassSpec;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kubernetes or an engine would refuse is refused at once, by argument, value and rule. */
class BadInputTest {

    private static final StatefulPostgres PG = StatefulPostgres.named("orders");
    private static final StatefulWorkload APP = StatefulWorkload.named("app");

    /** Methods whose text, number or time can be anything. */
    private static final Set<String> ANYTHING_GOES = Set.of(
            "StatefulWorkload.withCommand", "StatefulWorkload.withArgs", "ContainerSpec.command", "ContainerSpec.args");

    private static final List<Class<?>> SPOKEN = List.of(
            SpecBase.class,
            WorkloadBase.class,
            EngineBase.class,
            SqlBase.class,
            StatefulPostgres.class,
            StatefulMySql.class,
            StatefulRedis.class,
            StatefulWorkload.class,
            Size.class,
            Claim.class,
            StaticVolume.class,
            StorageClassSpec.class,
            Image.class,
            Credentials.class,
            ValueRef.class,
            Resources.class,
            ProbeTimes.class,
            Probes.class,
            UpdateStrategy.class,
            Exposure.class,
            ContainerSpec.class,
            Schedule.class,
            SqlJob.class,
            SqlCron.class,
            CsvImport.class,
            SidecarBackup.class,
            BackupCron.class,
            BackupJob.class);

    private record Refused(String method, ThrowingCallable call, String message) {
        @Override
        public String toString() {
            return method + ": " + message;
        }
    }

    private static Refused refused(String method, ThrowingCallable call, String message) {
        return new Refused(method, call, message);
    }

    static Stream<Refused> calls() {
        return Stream.of(
                refused("StatefulPostgres.named", () -> StatefulPostgres.named("Orders"), "name must be"),
                refused("StatefulPostgres.named", () -> StatefulPostgres.named("o".repeat(53)), "52"),
                refused("StatefulPostgres.appUser", () -> PG.appUser("a b"), "user must be"),
                refused("StatefulMySql.named", () -> StatefulMySql.named("1shop"), "name must be"),
                refused("StatefulRedis.named", () -> StatefulRedis.named(""), "name must be"),
                refused("StatefulWorkload.named", () -> StatefulWorkload.named("a_b"), "name must be"),
                refused("StatefulWorkload.withPort", () -> APP.withPort("http", 0), "port must be 1..65535 but was 0"),
                refused("StatefulWorkload.withPort", () -> APP.withPort("much-too-long-name", 80), "port name"),
                refused("StatefulWorkload.withPort", () -> APP.withPort("a", 80).withPort("b", 80), "different"),
                refused(
                        "StatefulWorkload.withVolumeClaimTemplate",
                        () -> APP.withVolumeClaimTemplate(Claim.named("data"), "var/lib"),
                        "absolute path"),
                refused(
                        "StatefulWorkload.withVolumeClaimTemplate",
                        () -> APP.withVolumeClaimTemplate(Claim.named("data"), "/a/../b"),
                        "absolute path"),
                refused(
                        "StatefulWorkload.asSingleReplicaDeployment",
                        () -> APP.asSingleReplicaDeployment(Claim.named("data"), "data"),
                        "absolute path"),
                refused("StatefulWorkload.withEnv", () -> APP.withEnv("1A", "b"), "env must be"),
                refused("StatefulWorkload.withReadyCommand", () -> APP.withReadyCommand(), "must name a program"),
                refused("SpecBase.inNamespace", () -> PG.inNamespace("My Shop"), "namespace must be"),
                refused("SpecBase.withLabels", () -> PG.withLabels(Map.of("-x", "y")), "label must be"),
                refused("SpecBase.withLabels", () -> PG.withLabels(Map.of("x", "a b")), "label value must be"),
                refused(
                        "SpecBase.withAnnotations",
                        () -> PG.withAnnotations(Map.of("a/b/c", "y")),
                        "annotation must be"),
                refused("SpecBase.allow", () -> PG.allow(Rule.ST03, " "), "reason for allowing ST03"),
                refused(
                        "SpecBase.customizeContainer",
                        () -> PG.customizeContainer("", c -> c.withTty(true)),
                        "container must not be blank"),
                refused("WorkloadBase.withImage", () -> PG.withImage("Postgres:17"), "image must be"),
                refused("WorkloadBase.withImage", () -> PG.withImage("postgres:17:6"), "image must be"),
                refused("WorkloadBase.runAs", () -> PG.runAs(0, 999), "uid and gid must be"),
                refused("WorkloadBase.withSharedMemory", () -> PG.withSharedMemory("lots"), "size must be"),
                refused(
                        "WorkloadBase.withShutdown",
                        () -> PG.withShutdown(Duration.ZERO),
                        "grace must be whole seconds and at least PT1S but was PT0S"),
                refused("WorkloadBase.withShutdown", () -> PG.withShutdown(Duration.ofMillis(1500)), "whole seconds"),
                refused("WorkloadBase.withSidecar", () -> PG.withSidecar("Side Car", c -> c), "container name must be"),
                refused("WorkloadBase.withoutFence", () -> PG.withoutFence(""), "reason for running without the fence"),
                refused("WorkloadBase.withReplicas", () -> PG.withReplicas(-1), "replicas must be 0..1000 but was -1"),
                refused("WorkloadBase.withOrdinalsFrom", () -> PG.withOrdinalsFrom(-1), "first ordinal must be"),
                refused("WorkloadBase.allowFrom", () -> PG.allowFrom(Map.of("app", "a b")), "label value must be"),
                refused(
                        "EngineBase.withVolumeClaimTemplate",
                        () -> PG.withVolumeClaimTemplate("10GB!"),
                        "size must be"),
                refused(
                        "EngineBase.withVolumeClaimTemplate",
                        () -> PG.withVolumeClaimTemplate("0"),
                        "at least one byte"),
                refused("EngineBase.withConfig", () -> PG.withConfig("work mem", "8MB"), "config key must be"),
                refused(
                        "EngineBase.withConfig",
                        () -> PG.withConfig("work_mem", "8MB\nrm"),
                        "config value must be one line"),
                refused("SqlBase.withDatabase", () -> PG.withDatabase("my shop"), "database must be"),
                refused("SqlBase.withInitScript", () -> PG.withInitScript("tables.txt", "x"), "init script must be"),
                refused(
                        "SqlBase.withInitScript",
                        () -> PG.withInitScript("tables.sql", ""),
                        "init script must not be blank"),
                refused("Size.of", () -> Size.of("-1Gi"), "size must be"),
                refused("Size.of", () -> Size.of("99999999Pi"), "below 8 EiB"),
                refused("Claim.named", () -> Claim.named("My Claim"), "claim name must be"),
                refused("Claim.existing", () -> Claim.existing(""), "claim name must be"),
                refused("Claim.size", () -> Claim.named("data").size("big"), "size must be"),
                refused(
                        "Claim.storageClass",
                        () -> Claim.named("data").storageClass("Fast SSD"),
                        "storageClass must be"),
                refused(
                        "StaticVolume.hostPath",
                        () -> StaticVolume.hostPath("disk", "relative"),
                        "volume path must be an absolute path"),
                refused("StaticVolume.local", () -> StaticVolume.local("Disk 1", "/a"), "volume name must be"),
                refused(
                        "StaticVolume.onNode",
                        () -> StaticVolume.local("disk", "/a").onNode("Node!"),
                        "node must be"),
                refused(
                        "StorageClassSpec.named",
                        () -> StorageClassSpec.named("Fast SSD"),
                        "storage class name must be"),
                refused(
                        "StorageClassSpec.provisioner",
                        () -> StorageClassSpec.named("a").provisioner(" "),
                        "provisioner must not be blank"),
                refused(
                        "StorageClassSpec.parameter",
                        () -> StorageClassSpec.named("a").parameter("", "x"),
                        "parameter key must not be blank"),
                refused("Image.of", () -> Image.of("a b"), "image must be"),
                refused("Image.of", () -> Image.of("postgres@sha256:12"), "image must be"),
                refused("Credentials.generateFor", () -> Credentials.generateFor(""), "user must not be blank"),
                refused(
                        "Credentials.existingSecret",
                        () -> Credentials.existingSecret("My Secret", "u", "p"),
                        "secret must be"),
                refused(
                        "Credentials.existingSecret",
                        () -> Credentials.existingSecret("s", "u/v", "p"),
                        "userKey must be"),
                refused(
                        "Credentials.existingSecret",
                        () -> Credentials.existingSecret("s", "u", ".."),
                        "passwordKey must not"),
                refused("Credentials.literal", () -> Credentials.literal("", "p"), "user must not be blank"),
                refused("Credentials.literal", () -> Credentials.literal("u", ""), "password must not be empty"),
                refused("ValueRef.of", () -> ValueRef.of(" "), "value must not be blank"),
                refused("ValueRef.configMap", () -> ValueRef.configMap("a b", "k"), "config map must be"),
                refused("ValueRef.configMap", () -> ValueRef.configMap("a", ""), "config map key must be"),
                refused("Resources.cpu", () -> Resources.cpu("much"), "cpu must be"),
                refused("Resources.memory", () -> Resources.cpu("1").memory("1 GB"), "size must be"),
                refused("Resources.cpuLimit", () -> Resources.cpu("1").cpuLimit("-1"), "cpuLimit must be"),
                refused("ProbeTimes.seconds", () -> ProbeTimes.seconds(0, 1, 1), "probe period must be"),
                refused(
                        "ProbeTimes.seconds",
                        () -> ProbeTimes.seconds(1, 1, 0),
                        "probe failures must be >= 1 but was 0"),
                refused(
                        "UpdateStrategy.partition",
                        () -> UpdateStrategy.rolling().partition(-1),
                        "partition must be"),
                refused(
                        "UpdateStrategy.minReady",
                        () -> UpdateStrategy.rolling().minReady(Duration.ofMillis(1)),
                        "minReady must be"),
                refused("Exposure.nodePort", () -> Exposure.nodePort(80), "nodePort must be 30000..32767 but was 80"),
                refused("ContainerSpec.named", () -> ContainerSpec.named("A"), "container name must be"),
                refused("ContainerSpec.image", () -> ContainerSpec.named("a").image("A B"), "image must be"),
                refused("ContainerSpec.env", () -> ContainerSpec.named("a").env("a-b", "c"), "env must be"),
                refused("Schedule.cron", () -> Schedule.cron("every day"), "cron must be five fields"),
                refused("Schedule.cron", () -> Schedule.cron("61 * * * *"), "cron must be five fields"),
                refused(
                        "Schedule.zone",
                        () -> Schedule.cron("0 0 * * *").zone("Mars/Base"),
                        "zone must be a time zone"),
                refused("Schedule.zone", () -> Schedule.cron("0 0 * * *").zone("+02:00"), "zone must be the name"),
                refused("Schedule.zone", () -> Schedule.cron("0 0 * * *").zone("UTC+2"), "zone must be the name"),
                refused("Schedule.cron", () -> Schedule.cron("0 0 * * 7"), "cron must call Sunday 0"),
                refused("Schedule.cron", () -> Schedule.cron("0 0 * * 5-7"), "cron must call Sunday 0"),
                refused("Schedule.cron", () -> Schedule.cron("0 0 * * 7,1"), "cron must call Sunday 0"),
                refused("SqlJob.named", () -> SqlJob.named("A B"), "job name must be"),
                refused("SqlJob.sql", () -> SqlJob.named("a").sql(" "), "sql must not be blank"),
                refused("SqlJob.deadline", () -> SqlJob.named("a").deadline(Duration.ZERO), "deadline must be"),
                refused("SqlCron.deadline", () -> SqlCron.named("a").deadline(Duration.ZERO), "deadline must be"),
                refused("CsvImport.deadline", () -> CsvImport.into("a").deadline(Duration.ZERO), "deadline must be"),
                refused("SqlCron.named", () -> SqlCron.named("A B"), "job name must be"),
                refused("SqlCron.cron", () -> SqlCron.named("a").cron("* * *"), "cron must be five fields"),
                refused("SqlCron.zone", () -> SqlCron.named("a").zone(""), "zone must be"),
                refused("SqlCron.sql", () -> SqlCron.named("a").sql(""), "sql must not be blank"),
                refused("SqlCron.history", () -> SqlCron.named("a").history(-1), "history must be"),
                refused("CsvImport.into", () -> CsvImport.into("a; drop table b"), "table must be"),
                refused("CsvImport.columns", () -> CsvImport.into("a").columns("b c"), "column must be"),
                refused(
                        "CsvImport.rows",
                        () -> CsvImport.into("a").columns("b", "c").rows("1"),
                        "must have 2 values"),
                refused("CsvImport.row", () -> CsvImport.into("a").columns("b").row("1", "2"), "must have 1 values"),
                refused("CsvImport.csv", () -> CsvImport.into("a").csv(""), "csv must not be blank"),
                refused("SidecarBackup.every", () -> SidecarBackup.every(Duration.ZERO), "backup interval must be"),
                refused(
                        "SidecarBackup.keep",
                        () -> SidecarBackup.every(Duration.ofHours(1)).keep(0),
                        "keep must be"),
                refused(
                        "SidecarBackup.retryAfter",
                        () -> SidecarBackup.every(Duration.ofHours(1)).retryAfter(Duration.ZERO),
                        "retry must be"),
                refused("BackupCron.cron", () -> BackupCron.cron("daily"), "cron must be five fields"),
                refused("BackupCron.named", () -> BackupCron.cron("0 3 * * *").named("A"), "job name must be"),
                refused("BackupCron.zone", () -> BackupCron.cron("0 3 * * *").zone("Nowhere"), "zone must be"),
                refused("BackupCron.keep", () -> BackupCron.cron("0 3 * * *").keep(0), "keep must be"),
                refused("BackupJob.named", () -> BackupJob.named("A B"), "job name must be"),
                refused("BackupJob.keep", () -> BackupJob.named("a").keep(0), "keep must be"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void a_bad_argument_is_refused_with_its_name_and_the_rule(Refused refused) {
        assertThatIllegalArgumentException().isThrownBy(refused.call()).withMessageContaining(refused.message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"7 7 7 7 0", "0 7 * * *", "0 0 7 * SUN", "*/7 * * 7 */2"})
    void a_seven_is_a_bad_day_only_among_the_days_of_the_week(String fields) {
        assertThat(Schedule.cron(fields).cron()).isEqualTo(fields);
    }

    @Test
    void namespaces_and_claims_that_others_made_may_start_with_a_digit() {
        assertThat(PG.inNamespace("2026-shop").settings().identity().namespace())
                .contains("2026-shop");
        assertThat(Claim.existing("0-data").name()).isEqualTo("0-data");
    }

    @Test
    void no_method_that_takes_text_numbers_or_times_is_left_out() {
        Set<String> tested = calls().map(Refused::method).collect(Collectors.toCollection(TreeSet::new));
        tested.addAll(ANYTHING_GOES);

        assertThat(tested).isEqualTo(methods());
    }

    private static Set<String> methods() {
        return SPOKEN.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(BadInputTest::takesAnythingThatCanBeWrong)
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean takesAnythingThatCanBeWrong(Method method) {
        Set<Class<?>> risky = Set.of(String.class, String[].class, int.class, long.class, Duration.class, Map.class);
        return Arrays.stream(method.getParameterTypes()).anyMatch(risky::contains);
    }
}
