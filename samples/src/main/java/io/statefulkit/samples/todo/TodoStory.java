package io.statefulkit.samples.todo;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.pod.Replacement;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.handle.volume.MountInfo;
import io.statefulkit.handle.volume.OrphanedVolume;
import io.statefulkit.handle.volume.VolumeInfo;
import io.statefulkit.lint.SpecInvalidException;
import io.statefulkit.manifest.Plan;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.samples.stage.Story;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.spec.pod.ValueRef;
import io.statefulkit.spec.storage.Claim;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

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
    // end::spec[]

    @Override
    public String name() {
        return "todo";
    }

    @Override
    public String title() {
        return "a to-do list on a claim: a crash, a redeployment, an import, a schedule, a dump that is proved to be"
                + " one, and what one must not do with the volume";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        stage.act("the login and the settings that are there already");
        prepare(stage);

        stage.act("a database on a claim, with a container beside it that makes dumps");
        PostgresHandle todo = stage.kit().deploy(TASKS);
        todo.psql("create table todo (task text not null)");
        todo.psql("insert into todo values ('NEW_TODO')");
        look(stage, todo);
        read(stage, todo);

        crash(stage, todo);
        PostgresHandle again = redeploy(stage, todo);
        TodoJobs.tell(stage, again);
        risks(stage, again);
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

    private static void look(Stage stage, PostgresHandle todo) {
        stage.act("what there is now");
        stage.say(todo.status().toString());
        for (VolumeInfo volume : todo.volumes()) {
            stage.say("claim " + volume.claim() + " asked for " + volume.requested() + " of class "
                    + volume.storageClass() + " and got volume " + volume.volume() + ", reclaim policy "
                    + volume.reclaimPolicy());
            stage.check("claim " + volume.claim() + " is", "Bound", volume.phase());
        }
        for (MountInfo mount : todo.mounts()) {
            stage.say("container " + mount.container() + " has claim " + mount.claim() + " at " + mount.path());
        }
        stage.check(
                "the directory that the server says it uses is on claim",
                "todo-data",
                todo.dataMount().claim());
    }

    private static void read(Stage stage, PostgresHandle todo) {
        stage.act("the table is read in the server's container, and in the one beside it");
        List<String> query = List.of("psql", "-XAtc", "select task from todo");
        stage.check("the server's container reads", "NEW_TODO", todo.psql("select task from todo"));
        stage.check(
                "the container beside it reads, with the password of the Secret",
                "NEW_TODO",
                todo.exec(0, "backup", query).orThrow().stdout().strip());
        List<String> stranger = List.of("psql", "-wXh", "127.0.0.1", "-U", "matthias", "mydb", "-c", "select 1");
        stage.check(
                "without a password nobody gets in, not even from within the pod; psql ends with",
                2,
                todo.exec(0, todo.container(), stranger).exitCode());
    }

    private static void crash(Stage stage, PostgresHandle todo) throws SQLException {
        stage.act("the pod is deleted");
        try (JdbcForward client = todo.forwardJdbc()) {
            Replacement replacement = todo.deletePod(0).awaitReplacement();
            stage.say(replacement.oldPod() + " is replaced by " + replacement.newPod() + ", which is ready after "
                    + replacement.recovery().toMillis() + " ms");
            Pod pod = stage.client()
                    .pods()
                    .inNamespace(stage.namespace())
                    .withName(replacement.newPod())
                    .get();
            stage.check(
                    "containers of it that are ready",
                    2L,
                    pod.getStatus().getContainerStatuses().stream()
                            .filter(ContainerStatus::getReady)
                            .count());
            try (Connection connection = client.dataSource().getConnection();
                    ResultSet row = connection.createStatement().executeQuery("select task from todo")) {
                row.next();
                stage.check("a client that was there before reads from the new pod", "NEW_TODO", row.getString(1));
            }
        }
    }

    private static PostgresHandle redeploy(Stage stage, PostgresHandle todo) {
        stage.act("the whole deployment is deleted, its claims are not, and it is made again");
        todo.undeploy(Undeploy.RETAIN);
        List<String> orphans = stage.kit().orphanedVolumes().stream()
                .filter(orphan -> orphan.kind().equals("PersistentVolumeClaim"))
                .map(OrphanedVolume::name)
                .sorted()
                .toList();
        stage.check("claims that nobody uses meanwhile", List.of("todo-data", "todo-dumps"), orphans);
        PostgresHandle again = stage.kit().deploy(TASKS);
        stage.check("what was written is there", "NEW_TODO", again.psql("select task from todo"));
        return again;
    }

    private static void risks(Stage stage, PostgresHandle todo) {
        stage.act("three servers on one claim");
        stage.refused("it", SpecInvalidException.class, () -> Plan.of(TASKS.withReplicas(3)));
        stage.act("a volume that needs repair, which no server may use meanwhile");
        String version = todo.recover("sh", "-c", "cat \"$PGDATA\"/PG_VERSION")
                .orThrow()
                .stdout()
                .strip();
        stage.check("a pod of its own saw the files of PostgreSQL", "15", version);
        stage.check("and the server runs again; rows", "0", todo.psql("select count(*) from todo"));
    }
}
