package io.statefulkit.samples.todo;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.backup.Backup;
import io.statefulkit.handle.job.Cron;
import io.statefulkit.handle.job.ImportResult;
import io.statefulkit.handle.pod.Replacement;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.lint.SpecInvalidException;
import io.statefulkit.manifest.Plan;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.samples.stage.Story;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.job.CsvImport;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.spec.pod.ValueRef;
import io.statefulkit.spec.storage.Claim;
import java.time.Duration;

/** A to-do list: a database on a claim, a dump beside it, a crash, an import and a table that is emptied each day. */
public final class TodoStory implements Story {

    // tag::spec[]
    static final StatefulPostgres TASKS = StatefulPostgres.named("todo")
            .withImage("postgres:15-bookworm")
            .withCredentials(Credentials.existingSecret("db-login", "db.user.name", "db.user.password"))
            .withDatabase(ValueRef.configMap("todo-settings", "db.name"))
            .asSingleReplicaDeployment(Claim.named("todo-data").size("1Gi"))
            .withSidecarBackup(SidecarBackup.every(Duration.ofHours(1))
                    .keep(24)
                    .on(Claim.named("todo-dumps").size("2Gi")));

    static final CsvImport CHORES = CsvImport.into("todo")
            .columns("task")
            .rows("Feed the cat", "Really feed the cat", "Clean attic", "Procrastinate");

    static final SqlCron TIDY = SqlCron.named("tidy")
            .cron("0 17 * * *")
            .zone("Europe/Berlin")
            .sql("delete from todo")
            .destructive();
    // end::spec[]

    @Override
    public String name() {
        return "todo";
    }

    @Override
    public String title() {
        return "a to-do list on a claim: a crash, a redeployment, an import, a schedule, a dump that is proved to be"
                + " one";
    }

    @Override
    public void tell(Stage stage) {
        stage.act("the login and the settings that are there already");
        prepare(stage);

        stage.act("a database on a claim, with a container beside it that makes dumps");
        PostgresHandle todo = stage.kit().deploy(TASKS);
        todo.psql("create table todo (task text not null)");
        todo.psql("insert into todo values ('NEW_TODO')");
        todo.mounts()
                .forEach(mount -> stage.say(mount.container() + " has claim " + mount.claim() + " at " + mount.path()));

        crash(stage, todo);
        PostgresHandle again = redeploy(stage, todo);
        fill(stage, again);
        schedule(stage, again);
        dump(stage, again);
        refuse(stage);
    }

    static void prepare(Stage stage) {
        stage.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("db-login")
                        .endMetadata()
                        .addToStringData("db.user.name", "matthias")
                        .addToStringData("db.user.password", "not: a 'simple\\one")
                        .build())
                .inNamespace(stage.namespace())
                .create();
        stage.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("todo-settings")
                        .endMetadata()
                        .addToData("db.name", "mydb")
                        .build())
                .inNamespace(stage.namespace())
                .create();
        stage.say("Secret db-login, ConfigMap todo-settings");
    }

    private static void crash(Stage stage, PostgresHandle todo) {
        stage.act("the pod is deleted");
        Replacement replacement = todo.deletePod(0).awaitReplacement();
        stage.say(replacement.oldPod() + " is replaced by " + replacement.newPod() + " after "
                + replacement.recovery().toMillis() + " ms");
        stage.check("what was written is there", "NEW_TODO", todo.psql("select task from todo"));
    }

    private static PostgresHandle redeploy(Stage stage, PostgresHandle todo) {
        stage.act("the whole deployment is deleted, its claims are not, and it is made again");
        todo.undeploy(Undeploy.RETAIN);
        PostgresHandle again = stage.kit().deploy(TASKS);
        stage.check("what was written is there", "NEW_TODO", again.psql("select task from todo"));
        return again;
    }

    private static void fill(Stage stage, PostgresHandle todo) {
        stage.act("chores are imported by a Job, exactly once");
        ImportResult first = todo.runImport(CHORES);
        stage.check("rows that the Job copied", 4L, first.rows());
        stage.check(
                "the same import again does nothing",
                true,
                todo.runImport(CHORES).before());
        stage.check("rows in the table", "5", todo.psql("select count(*) from todo"));
    }

    private static void schedule(Stage stage, PostgresHandle todo) {
        stage.act("a CronJob that empties the table each day");
        Cron tidy = todo.schedule(TIDY);
        tidy.reschedule("0 3 * * *");
        tidy.suspend();
        stage.check("runs so far", 0, tidy.runs().size());
        stage.check("it is suspended", true, tidy.suspended());
        tidy.delete();
    }

    private static void dump(Stage stage, PostgresHandle todo) {
        stage.act("a dump, and the proof that it is one");
        Backup backup = todo.backupNow();
        stage.say(backup.file() + ", " + backup.bytes() + " bytes");
        stage.check(
                "rows that came back in a server of its own, with the one that says what was imported",
                6L,
                todo.verifyBackup(backup).rows());
    }

    private static void refuse(Stage stage) {
        stage.act("three servers on one claim");
        try {
            Plan.of(TASKS.withReplicas(3));
            stage.check("it is refused", true, false);
        } catch (SpecInvalidException e) {
            stage.say("refused: " + e.getMessage());
        }
    }
}
