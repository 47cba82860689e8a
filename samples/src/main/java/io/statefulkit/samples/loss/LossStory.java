package io.statefulkit.samples.loss;

import io.statefulkit.StatefulKit;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.pod.RolloutResult;
import io.statefulkit.handle.pod.Undeploy;
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

/** Data without a volume are lost; on a volume they are not; several servers on one volume are refused, or keep each other out. */
public final class LossStory implements Story {

    static final StatefulPostgres FORGETFUL = StatefulPostgres.named("forgetful")
            .withImage("postgres:15-bookworm")
            .withEphemeralStorage();

    static final StatefulPostgres THREE = StatefulPostgres.named("three")
            .withImage("postgres:15-bookworm")
            .withReplicas(3)
            .independentReplicas()
            .withUpdate(UpdateStrategy.rolling().minReady(Duration.ofSeconds(1)))
            .withVolumeClaimTemplate("1Gi");

    @Override
    public String name() {
        return "loss";
    }

    @Override
    public String title() {
        return "what is lost without a volume, a volume made by hand, and what several servers make of one volume";
    }

    /** A server on a directory of the node. Class and volume belong to the whole cluster, so their names carry the namespace. */
    static StatefulPostgres byHand(String namespace) {
        String volume = namespace + "-disk";
        return StatefulPostgres.named("careful")
                .withImage("postgres:15-bookworm")
                .withStorageClass(StorageClassSpec.named(namespace + "-by-hand"))
                .asSingleReplicaDeployment(Claim.named("careful-data")
                        .size("1Gi")
                        .storageClass(namespace + "-by-hand")
                        .on(StaticVolume.hostPath(volume, "/tmp/" + volume)))
                .withVolumePermissionsInit()
                .allow(Rule.ST11, "this cluster has one node");
    }

    @Override
    public void tell(Stage stage) {
        loss(stage);
        StatefulPostgres careful = byHand(stage.namespace());
        survival(stage, careful);
        together(stage, careful);
        three(stage);
    }

    static void loss(Stage stage) {
        stage.act("a database without a volume");
        PostgresHandle forgetful = stage.kit().deploy(FORGETFUL);
        forgetful.psql("create table words (word text)");
        RolloutResult restart = forgetful.rolloutRestart().await();
        stage.say("restarted: " + restart.oldUids() + " -> " + restart.newUids());
        try {
            forgetful.psql("select count(*) from words");
            stage.check("the table is gone", true, false);
        } catch (ExecException e) {
            stage.say("the table is gone: "
                    + e.result().map(result -> result.stderr().strip()).orElse(""));
        }
        forgetful.undeploy(Undeploy.DELETE_DATA, "forgetful");
    }

    static void survival(Stage stage, StatefulPostgres careful) {
        stage.act("the same on a volume that was made by hand");
        PostgresHandle database = stage.kit().deploy(careful);
        database.psql("create table words (word text)");
        database.psql("insert into words values ('kept')");
        database.rolloutRestart().await();
        stage.check("the table is there", "kept", database.psql("select word from words"));
        database.volumes()
                .forEach(volume -> stage.say(volume.claim() + " is bound to " + volume.volume() + ", reclaim policy "
                        + volume.reclaimPolicy()));
    }

    static void together(Stage stage, StatefulPostgres careful) {
        stage.act("three servers on this volume");
        StatefulPostgres crowd = careful.withReplicas(3);
        try {
            Plan.of(crowd);
            stage.check("it is refused", true, false);
        } catch (SpecInvalidException e) {
            stage.say("refused: " + e.getMessage());
        }
        stage.act("the refusal switched off: the fence lets one of them in and keeps the others out");
        StatefulKit impatient = stage.kit().withTimeout(Duration.ofSeconds(4));
        try {
            impatient.deploy(crowd.allow(Rule.ST01, "to show what happens"));
            stage.check("two of three never become ready", true, false);
        } catch (StuckException e) {
            String trouble = String.valueOf(e.getMessage());
            stage.say(trouble);
        }
        PostgresHandle survivor = stage.kit().forceConflicts().deploy(careful);
        stage.check("the data of the one", "kept", survivor.psql("select word from words"));
        survivor.undeploy(Undeploy.DELETE_DATA, "careful");
        Plan.of(careful).clusterScoped().forEach(stage::remove);
    }

    private static void three(Stage stage) {
        stage.act("three servers with a volume each are three databases");
        PostgresHandle three = stage.kit().deploy(THREE);
        three.psql(0, "create table words (word text)");
        for (int ordinal = 0; ordinal < 3; ordinal++) {
            String there = three.psql(ordinal, "select count(*) from pg_tables where tablename = 'words'");
            stage.check("tables named words in three-" + ordinal, ordinal == 0 ? "1" : "0", there);
        }
        stage.act("a rollout replaces them one after another, the last first");
        RolloutResult rollout = three.rolloutRestart().await();
        stage.check("all are new", 3, rollout.newUids().size());
        stage.check(
                "the table is where it was",
                "1",
                three.psql(0, "select count(*) from pg_tables where tablename = 'words'"));
    }
}
