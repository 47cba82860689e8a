package io.statefulkit.manifest;

import static java.util.Comparator.comparing;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.statefulkit.lint.Rule;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.job.BackupCron;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.spec.pod.Budget;
import io.statefulkit.spec.pod.ContainerSpec;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.spec.pod.Exposure;
import io.statefulkit.spec.pod.ProbeTimes;
import io.statefulkit.spec.pod.Probes;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.pod.SecurityProfile;
import io.statefulkit.spec.pod.Spread;
import io.statefulkit.spec.pod.UpdateStrategy;
import io.statefulkit.spec.pod.ValueRef;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.Reclaim;
import io.statefulkit.spec.storage.StaticVolume;
import io.statefulkit.spec.storage.StorageClassSpec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Specs that say all kinds of things, the same ones for the same seed. Some of them make no sense. Every word that a
 * workload has is said sooner or later: a new one without arguments in here fails the tests.
 */
final class RandomSpecs {

    private final Random random;

    RandomSpecs(long seed) {
        this.random = new Random(seed);
    }

    StatefulSpec next() {
        StatefulSpec plain =
                plain(pick(StatefulPostgres.class, StatefulMySql.class, StatefulRedis.class, StatefulWorkload.class));
        List<Method> words = words(plain.getClass());
        Collections.shuffle(words, random);
        StatefulSpec spec = plain;
        for (Method word : words) {
            if (random.nextInt(6) == 0) {
                spec = say(spec, word);
            }
        }
        // most specs get a volume at last, so that most are good for something
        return random.nextInt(10) == 0 ? spec : withVolume(spec);
    }

    /** Return all words of a kind of workload: the methods that return another workload of that kind. */
    static List<Method> words(Class<?> workload) {
        return new ArrayList<>(Stream.of(workload.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
                .filter(method ->
                        method.getGenericReturnType() instanceof TypeVariable || method.getReturnType() == workload)
                .sorted(comparing(RandomSpecs::signature))
                .toList());
    }

    /** Return the spec after a word was said to it, with arguments of our choice. */
    StatefulSpec say(StatefulSpec spec, Method word) {
        try {
            // the classes that declare most words are not public
            word.setAccessible(true);
            return (StatefulSpec) word.invoke(spec, arguments(spec, signature(word)));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new AssertionError(signature(word) + " of " + spec, e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(signature(word), e);
        }
    }

    private static String signature(Method word) {
        return word.getName()
                + Stream.of(word.getParameterTypes()).map(Class::getSimpleName).toList();
    }

    /** Return a workload of this kind with a name and an image. */
    StatefulSpec plain(Class<?> type) {
        String name = "it-" + random.nextInt(1000);
        if (type == StatefulPostgres.class) {
            return StatefulPostgres.named(name)
                    .withImage("postgres:17.6-bookworm")
                    .inNamespace("default");
        } else if (type == StatefulMySql.class) {
            return StatefulMySql.named(name)
                    .withImage(pick("mysql:8.4.6", "mariadb:11.8.3-noble"))
                    .inNamespace("default");
        } else if (type == StatefulRedis.class) {
            return StatefulRedis.named(name).withImage("redis:7.4.5-bookworm").inNamespace("default");
        }
        return StatefulWorkload.named(name)
                .withImage("example.org/app:1.0")
                .inNamespace("default")
                .withCommand("app", "--serve");
    }

    /** Return the spec with its data on a claim. */
    StatefulSpec withVolume(StatefulSpec spec) {
        if (spec instanceof StatefulPostgres postgres) {
            return postgres.withVolumeClaimTemplate(claim());
        } else if (spec instanceof StatefulMySql mysql) {
            return mysql.withVolumeClaimTemplate(claim());
        } else if (spec instanceof StatefulRedis redis) {
            return redis.withVolumeClaimTemplate(claim());
        }
        return ((StatefulWorkload) spec).withVolumeClaimTemplate(claim(), "/var/lib/app");
    }

    private Object[] arguments(StatefulSpec spec, String word) {
        return switch (word) {
            case "withImage[String]" -> all(image(spec));
            case "inNamespace[String]" -> all("default");
            case "withLabels[Map]" -> all(Map.of("team", "blue"));
            case "withAnnotations[Map]" -> all(Map.of("example.org/owner", "the blue team"));
            case "withResource[HasMetadata]" ->
                all(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("notes")
                        .endMetadata()
                        .addToData("a", "b")
                        .build());
            case "allow[Rule, String]" -> all(pick(Rule.ID09, Rule.IMG03, Rule.SEC12), "a test");
            case "customize[Class, Consumer]" ->
                all(PodSpecBuilder.class, (Consumer<PodSpecBuilder>) pod -> pod.withPriorityClassName("important"));
            case "customizeContainer[String, Consumer]" ->
                all(container(spec), (Consumer<ContainerBuilder>) container -> container.withTty(true));
            case "allowFrom[Map]" -> all(Map.of("role", "client"));
            case "withExposure[Exposure]" -> all(exposure());
            case "withPort[String, int]" -> all(pick("http", "admin"), pick(8080, 8081));
            default -> {
                Object[] settings = pod(word);
                yield settings.length > 0 || word.endsWith("[]") ? settings : storage(word);
            }
        };
    }

    private Object[] pod(String word) {
        return switch (word) {
            case "runAs[long, long]" -> all(1001L, 1001L);
            case "withReplicas[int]" -> all(random.nextInt(3));
            case "withUpdate[UpdateStrategy]" -> all(update());
            case "withOrdinalsFrom[int]" -> all(random.nextInt(3));
            case "withSpread[Spread]" -> all(pick(Spread.values()));
            case "withDisruptionBudget[Budget]" -> all(pick(Budget.values()));
            case "withResources[Resources]" -> all(resources());
            case "withSharedMemory[String]" -> all("128Mi");
            case "withShutdown[Duration]" -> all(Duration.ofSeconds(30L + random.nextInt(600)));
            case "withProbes[UnaryOperator]" ->
                all((UnaryOperator<Probes>) probes -> probes.liveness(ProbeTimes.seconds(20, 3, 5)));
            case "withSecurity[SecurityProfile]" -> all(pick(SecurityProfile.values()));
            case "withSidecar[String, UnaryOperator]" ->
                all("exporter", (UnaryOperator<ContainerSpec>) container -> exporter(container));
            case "withoutFence[String]" -> all("a test");
            case "withCommand[String[]]" -> all((Object) new String[] {"app", "--serve", "--fast"});
            case "withArgs[String[]]" -> all((Object) new String[] {"--verbose"});
            case "withReadyCommand[String[]]" -> all((Object) new String[] {"app", "--ready"});
            case "withEnv[String, String]" -> all("MODE", "fast");
            default -> all();
        };
    }

    private Object[] storage(String word) {
        return switch (word) {
            case "withVolumeClaimTemplate[String]" -> all("2Gi");
            case "withVolumeClaimTemplate[Claim]", "asSingleReplicaDeployment[Claim]" -> all(claim());
            case "withVolumeClaimTemplate[Claim, String]" ->
                all(Claim.named("state-" + random.nextInt(1000)), "/var/lib/more");
            case "asSingleReplicaDeployment[Claim, String]" -> all(claim(), "/data");
            case "withStorageClass[StorageClassSpec]" -> all(storageClass());
            case "withVolumeRetention[Reclaim, Reclaim]" -> all(pick(Reclaim.values()), pick(Reclaim.values()));
            case "withDatabase[String]" -> all(pick("orders", "shop-1"));
            case "withDatabase[ValueRef]" -> all(ValueRef.configMap("settings", "db.name"));
            case "withCredentials[Credentials]" -> all(credentials());
            case "appUser[String]" -> all("app");
            case "withConfig[String, String]" -> all("work_mem", "8MB");
            case "withInitScript[String, String]" -> all("10-tables.sql", "create table t(id int);");
            case "withSidecarBackup[SidecarBackup]" -> all(sidecarBackup());
            case "withBackupCron[BackupCron]" ->
                all(BackupCron.cron("0 3 * * *").zone("Europe/Berlin").keep(3));
            case "withCron[SqlCron]" ->
                all(SqlCron.named("tidy").sql("delete from t").destructive().history(1));
            default -> throw new AssertionError("no arguments for the word " + word + ": add some");
        };
    }

    private static Object[] all(Object... arguments) {
        return arguments;
    }

    private ContainerSpec exporter(ContainerSpec container) {
        ContainerSpec exporter = container.image("example.org/exporter:1.0").env("A", "b");
        return random.nextBoolean() ? exporter.asNativeSidecar() : exporter;
    }

    private String image(StatefulSpec spec) {
        if (spec instanceof StatefulPostgres) {
            return pick(
                    "postgres:12.3-alpine",
                    "postgres:12.22-bookworm",
                    "postgres:15.14-alpine3.22",
                    "postgres:17.6-bookworm",
                    "postgres:18.1-trixie");
        } else if (spec instanceof StatefulMySql) {
            return pick("mysql:8.4.6", "mariadb:11.8.3-noble");
        } else if (spec instanceof StatefulRedis) {
            return pick("redis:7.4.5-bookworm", "redis:8.2.1-alpine3.22", "valkey/valkey:8.1.3-alpine3.22");
        }
        return pick("example.org/app:1.0", "registry.example.org:5000/team/app@sha256:" + "0123456789abcdef".repeat(4));
    }

    private static String container(StatefulSpec spec) {
        if (spec instanceof StatefulPostgres) {
            return "postgres";
        } else if (spec instanceof StatefulMySql mysql) {
            return mysql.mariaDb() ? "mariadb" : "mysql";
        }
        return spec instanceof StatefulRedis ? "redis" : spec.name();
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
