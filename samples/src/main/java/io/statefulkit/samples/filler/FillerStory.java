package io.statefulkit.samples.filler;

import io.fabric8.kubernetes.api.model.Service;
import io.statefulkit.handle.Dns;
import io.statefulkit.handle.RedisHandle;
import io.statefulkit.handle.connection.Logs;
import io.statefulkit.handle.job.JobResult;
import io.statefulkit.handle.pod.Replacement;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.lint.Rule;
import io.statefulkit.samples.stage.Planned;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.samples.stage.Story;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.job.BackupJob;
import io.statefulkit.spec.pod.UpdateStrategy;
import io.statefulkit.spec.storage.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Two key-value stores with a program beside each that fills it; their names, and what belongs to each of them. */
public final class FillerStory implements Story {

    private static final String FILL = "while ! redis-cli -h 127.0.0.1 set filled by-$HOSTNAME; do sleep 0.2; done;"
            + " echo filled; trap exit TERM; sleep 86400 & wait";

    // tag::spec[]
    static final StatefulRedis STORES = withPassword(StatefulRedis.named("stores")
            .withImage("redis:7.0-bookworm")
            .withReplicas(2)
            .independentReplicas()
            .withUpdate(UpdateStrategy.rolling().minReady(Duration.ofSeconds(1)))
            .withVolumeClaimTemplate(Claim.named("data").size("1Gi"))
            .withSidecar("filler", filler -> filler.image("redis:7.0-bookworm").command("sh", "-c", FILL))
            .allow(Rule.ID09, "a demonstration: what fills the store shall be in its pod"));
    // end::spec[]

    /** The program beside the server logs in as everybody has to, with the password of the Secret. */
    private static StatefulRedis withPassword(StatefulRedis stores) {
        String secret = Names.of(stores).credentialsSecret();
        return stores.customizeContainer(
                "filler",
                container -> container
                        .addNewEnv()
                        .withName("REDISCLI_AUTH")
                        .withNewValueFrom()
                        .withNewSecretKeyRef("password", secret, false)
                        .endValueFrom()
                        .endEnv());
    }

    @Override
    public String name() {
        return "filler";
    }

    @Override
    public String title() {
        return "two Redis servers, each with a program in its pod that fills it; names, identity, what is kept, and a"
                + " dump by a Job";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        FillerManifests.tell(stage);
        if (!stage.ground().hasServer("redis-server")) {
            stage.act("two servers that know nothing of each other, each with a program that fills it");
            stage.leaveOut("all that needs a server: redis-server is not installed on this machine, and an embedded"
                    + " cluster pulls no images");
            return;
        }
        servers(stage);
        dump(stage);
    }

    private static void servers(Stage stage) throws Exception {
        stage.act("two servers that know nothing of each other, each with a program that fills it");
        RedisHandle stores = stage.kit().deploy(STORES);
        awaitFilled(stage, stores, 0);
        awaitFilled(stage, stores, 1);
        services(stage);

        stage.act("their names");
        Dns dns = stores.dns();
        stage.say("all: " + dns.service() + ", the second: " + dns.pod(1));
        String seen = stores.clientPod("sh", "-c", patient("redis-cli -h " + dns.pod(1) + " get filled"))
                .orThrow()
                .stdout()
                .strip();
        stage.check("a client in the cluster reaches the second by its name", "by-stores-1", seen);

        stage.act("the second pod is deleted");
        stores.redis(1, "set", "mine", "kept");
        Replacement replacement = stores.deletePod(1).awaitReplacement();
        stage.check("its successor has its name", replacement.oldPod(), replacement.newPod());
        stage.check(
                "it is another pod all the same", true, !replacement.oldUid().equals(replacement.newUid()));
        stage.check("and its data", "kept", stores.redis(1, "get", "mine"));

        stage.act("the set is deleted and made again: claims and volumes stay");
        List<String> before = volumes(stores);
        stores.undeploy(Undeploy.RETAIN);
        RedisHandle again = stage.kit().deploy(STORES);
        stage.check("claims and their volumes are those of before", before, volumes(again));
        stage.check("the second has its own volume again", "kept", again.redis(1, "get", "mine"));
    }

    /** A name of the cluster is known a moment after its pod is ready. */
    private static String patient(String command) {
        return "n=0; until " + command + " 2>/dev/null; do n=$((n + 1)); [ $n -lt 30 ] || exit 1; sleep 1; done";
    }

    private static List<String> volumes(RedisHandle stores) {
        return stores.volumes().stream()
                .map(volume -> volume.claim() + " -> " + volume.volume())
                .toList();
    }

    private static void services(Stage stage) {
        stage.act("their Services: labels and selectors come from one place, ports have the name of the engine");
        for (Service service : Planned.of(STORES).all(Service.class)) {
            String name = service.getMetadata().getName();
            Map<String, String> selector = service.getSpec().getSelector();
            stage.check(
                    "pods that Service " + name + " finds",
                    List.of("stores-0", "stores-1"),
                    stage.client().pods().inNamespace(stage.namespace()).withLabels(selector).list().getItems().stream()
                            .map(pod -> pod.getMetadata().getName())
                            .sorted()
                            .toList());
            stage.check(
                    "its port is called",
                    "redis",
                    service.getSpec().getPorts().get(0).getName());
            stage.check(
                    "it has the labels by which it selects",
                    true,
                    service.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()));
        }
    }

    private static void dump(Stage stage) {
        stage.act("a dump as a Job that ends well only with a dump that was read back, on a claim of its own");
        RedisHandle journal = stage.kit()
                .deploy(StatefulRedis.named("journal")
                        .withImage("redis:7.0-bookworm")
                        .withVolumeClaimTemplate("1Gi"));
        journal.redis("set", "page", "1");
        JobResult dump = journal.runJob(BackupJob.named("dump").on(Claim.named("journal-dumps")));
        String end = dump.log().get(dump.log().size() - 1);
        stage.say("Job " + dump.job() + " says at its end: " + end);
        stage.check("it made a dump", true, end.startsWith("backup ok redis-"));
        journal.deleteJob(dump);
    }

    private static void awaitFilled(Stage stage, RedisHandle stores, int ordinal) throws Exception {
        CompletableFuture<String> filled = new CompletableFuture<>();
        Logs.Following log = stores.logs("filler", ordinal).follow(line -> {
            if (line.equals("filled")) {
                filled.complete(line);
            }
        });
        try {
            filled.get(60, TimeUnit.SECONDS);
        } finally {
            log.close();
        }
        stage.check("who filled store " + ordinal, "by-stores-" + ordinal, stores.redis(ordinal, "get", "filled"));
    }
}
