package io.statefulkit.samples.loss;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.pod.RolloutResult;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.handle.volume.VolumeInfo;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.SpecInvalidException;
import io.statefulkit.manifest.Plan;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.samples.stage.Story;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.pod.UpdateStrategy;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.StaticVolume;
import io.statefulkit.spec.storage.StorageClassSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Data without a volume are lost; on a volume they are not; several servers on one volume are refused, or keep each other out. */
public final class LossStory implements Story {

    static final StatefulPostgres FORGETFUL = StatefulPostgres.named("forgetful")
            .withImage("postgres:15-bookworm")
            .withEphemeralStorage();

    /** They know nothing of each other, so none has to wait for another to start. */
    static final StatefulPostgres THREE = StatefulPostgres.named("three")
            .withImage("postgres:15-bookworm")
            .withReplicas(3)
            .independentReplicas()
            .withVolumeClaimTemplate("1Gi")
            .withUpdate(UpdateStrategy.rolling())
            .customize(
                    StatefulSetBuilder.class,
                    set -> set.editSpec().withPodManagementPolicy("Parallel").endSpec());

    @Override
    public String name() {
        return "loss";
    }

    @Override
    public String title() {
        return "what is lost without a volume, a volume made by hand, and what several servers make of one volume";
    }

    /** A server on a directory of a node. Class and volume belong to the whole cluster, so their names carry the namespace. */
    static StatefulPostgres byHand(String namespace, String node) {
        String volume = namespace + "-disk";
        return StatefulPostgres.named("careful")
                .withImage("postgres:15-bookworm")
                .withStorageClass(StorageClassSpec.named(namespace + "-by-hand"))
                .asSingleReplicaDeployment(Claim.named("careful-data")
                        .size("1Gi")
                        .storageClass(namespace + "-by-hand")
                        .on(StaticVolume.hostPath(volume, "/tmp/" + volume).onNode(node)))
                .withVolumePermissionsInit();
    }

    @Override
    public void tell(Stage stage) {
        loss(stage);
        oneVolume(stage);
        PostgresHandle three = three(stage);
        LossClasses.tell(stage, three);
    }

    static void loss(Stage stage) {
        stage.act("a database without a volume is refused, unless that is what is wanted");
        stage.refused(
                "it",
                SpecInvalidException.class,
                () -> Plan.of(StatefulPostgres.named("forgetful").withImage("postgres:15-bookworm")));
        PostgresHandle forgetful = stage.kit().deploy(FORGETFUL);
        forgetful.psql("create table words (word text)");
        stage.act("its rollout is restarted");
        forgetful.rolloutRestart().await();
        ExecException gone = stage.refused(
                "reading the table", ExecException.class, () -> forgetful.psql("select count(*) from words"));
        String words = gone.result().map(result -> result.stderr()).orElse("");
        stage.check("the table is gone", true, words.contains("relation \"words\" does not exist"));
        forgetful.undeploy(Undeploy.DELETE_DATA, "forgetful");
    }

    /** What is told of a volume that was made by hand, where the user may make one. */
    static void oneVolume(Stage stage) {
        Optional<String> obstacle = stage.ground().noVolumesByHand();
        if (obstacle.isPresent()) {
            stage.act("the same on a volume that was made by hand");
            stage.leaveOut(obstacle.get() + "; so several servers on such a volume are left out, too");
            return;
        }
        StatefulPostgres careful =
                byHand(stage.namespace(), stage.ground().host().orElseThrow());
        together(stage, survival(stage, careful), careful);
    }

    private static PostgresHandle survival(Stage stage, StatefulPostgres careful) {
        stage.act("the same on a volume that was made by hand");
        PostgresHandle database = stage.kit().deploy(careful);
        VolumeInfo volume = database.volumes().get(0);
        PersistentVolume disk =
                stage.client().persistentVolumes().withName(volume.volume()).get();
        StorageClass byHand = stage.client()
                .storage()
                .v1()
                .storageClasses()
                .withName(volume.storageClass())
                .get();
        stage.say("claim " + volume.claim() + " has volume " + volume.volume() + ", which is directory "
                + disk.getSpec().getHostPath().getPath() + " of the node");
        stage.check("who makes volumes of its class", StorageClassSpec.NO_PROVISIONER, byHand.getProvisioner());
        stage.check("when the class binds them", "WaitForFirstConsumer", String.valueOf(byHand.getVolumeBindingMode()));
        stage.check("what becomes of the volume without the claim", "Retain", volume.reclaimPolicy());

        database.psql("create table words (word text)");
        database.psql("insert into words values ('kept')");
        RolloutResult restart = database.rolloutRestart().await();
        stage.say("restarted: " + restart.oldUids().keySet() + " is gone, there is "
                + restart.newUids().keySet());
        stage.check("the table is there", "kept", database.psql("select word from words"));
        return database;
    }

    private static void together(Stage stage, PostgresHandle database, StatefulPostgres careful) {
        stage.act("three servers on this volume: refused, whether they are deployed or scaled");
        StatefulPostgres crowd = careful.withReplicas(3);
        stage.refused("deploying them", SpecInvalidException.class, () -> Plan.of(crowd));
        stage.refused(
                "scaling to them",
                SpecInvalidException.class,
                () -> database.scale(3).await());
        stage.act("the refusal switched off: the fence lets one of them in and keeps the others out");
        try {
            stage.kit().withTimeout(Duration.ofSeconds(2)).deploy(crowd.allow(Rule.ST01, "to show what happens"));
        } catch (StuckException e) {
            stage.say(String.valueOf(e.getMessage()));
        }
        Fenced fenced = new Fenced(stage, "careful");
        stage.check("servers that wait, since another one uses the volume", 2L, fenced.await(2));
        stage.check("servers that are ready", 1L, fenced.ready());
        PostgresHandle survivor = stage.kit().forceConflicts().deploy(careful);
        stage.check("the data of the one", "kept", survivor.psql("select word from words"));
        survivor.undeploy(Undeploy.DELETE_DATA, "careful");
        Plan.of(careful).clusterScoped().forEach(stage::remove);
    }

    static PostgresHandle three(Stage stage) {
        stage.act("three servers with a volume each are three databases");
        stage.refused(
                "a spec that does not say so",
                SpecInvalidException.class,
                () -> Plan.of(StatefulPostgres.named("three")
                        .withImage("postgres:15-bookworm")
                        .withReplicas(3)
                        .withVolumeClaimTemplate("1Gi")));
        PostgresHandle three = stage.kit().deploy(THREE);
        three.psql(0, "create table words (word text)");
        for (int ordinal = 0; ordinal < 3; ordinal++) {
            String there = three.psql(ordinal, "select count(*) from pg_tables where tablename = 'words'");
            stage.check("tables named words in three-" + ordinal, ordinal == 0 ? "1" : "0", there);
        }
        stage.check(
                "their claims",
                List.of("data-three-0", "data-three-1", "data-three-2"),
                three.volumes().stream().map(VolumeInfo::claim).toList());
        stage.check(
                "volumes behind them",
                3L,
                three.volumes().stream().map(VolumeInfo::volume).distinct().count());
        stage.say("each has a name of its own: " + three.dns().pod(0) + ", "
                + three.dns().pod(1) + ", " + three.dns().pod(2));
        stage.act("a rollout replaces them one after another, the last first");
        RolloutResult rollout = three.rolloutRestart().await();
        stage.check(
                "all are new, and have the names of those before",
                List.of("three-0", "three-1", "three-2"),
                rollout.newUids().keySet().stream().sorted().toList());
        stage.check(
                "the table is where it was",
                "1",
                three.psql(0, "select count(*) from pg_tables where tablename = 'words'"));
        return three;
    }
}
