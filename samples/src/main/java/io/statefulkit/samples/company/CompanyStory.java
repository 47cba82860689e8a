package io.statefulkit.samples.company;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.pod.Replacement;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.lint.Rule;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.samples.stage.Story;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.pod.Credentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A database in a StatefulSet: its password, a start that fails for {@code lost+found}, and a set that is disturbed. */
public final class CompanyStory implements Story {

    // tag::spec[]
    static final StatefulPostgres COMPANY = StatefulPostgres.named("company")
            .withImage("postgres:15-bookworm")
            .withCredentials(Credentials.generate())
            .withVolumeClaimTemplate("1Gi");
    // end::spec[]

    private static final String MOUNT = "/var/lib/postgresql/data";

    @Override
    public String name() {
        return "company";
    }

    @Override
    public String title() {
        return "a database in a StatefulSet: why it does not start on lost+found, and what happens when it is"
                + " disturbed";
    }

    /** What a first attempt looks like: the data directory is the root of a volume that is not empty. */
    static StatefulPostgres firstAttempt() {
        return COMPANY.customizeContainer(
                        "postgres",
                        container -> container
                                .removeMatchingFromEnv(
                                        variable -> variable.getName().equals("PGDATA"))
                                .addNewEnv()
                                .withName("PGDATA")
                                .withValue(MOUNT)
                                .endEnv())
                .customize(PodSpecBuilder.class, CompanyStory::likeAFileSystemOfItsOwn)
                .allow(Rule.ST07, "to show what happens");
    }

    /** Volumes that are file systems have this directory; those of clusters for tests are directories. */
    private static void likeAFileSystemOfItsOwn(PodSpecBuilder pod) {
        pod.addToInitContainers(new ContainerBuilder()
                .withName("file-system")
                .withImage("postgres:15-bookworm")
                .withCommand("sh", "-c", "mkdir -p " + MOUNT + "/lost+found")
                .addNewVolumeMount()
                .withName("data")
                .withMountPath(MOUNT)
                .endVolumeMount()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .build());
    }

    @Override
    public void tell(Stage stage) throws Exception {
        CompanyManifests.tell(stage);

        stage.act("a first attempt, with the data directory at the root of the volume");
        fail(stage);

        stage.act("applied again with a directory of the volume, as it is by default: the volume is the same");
        PostgresHandle company = stage.kit().deploy(COMPANY);
        use(stage, company);
        goneClient(stage, company);

        stage.act("the pod is deleted");
        tell(stage, company, company.deletePod(0).awaitReplacement());
        stage.act("the pod is evicted, as when its node is drained");
        awaitBudget(stage);
        tell(stage, company, company.evictPod(0).awaitReplacement());

        CompanyManifests.loop(stage);
    }

    private static void fail(Stage stage) {
        StuckException stuck = stage.refused(
                "such a start",
                StuckException.class,
                () -> stage.kit()
                        .withPatience(Patience.defaults().withTroublesFor(Duration.ofSeconds(4)))
                        .deploy(firstAttempt()));
        stage.check(
                "the cause is named, rule ST07",
                true,
                String.valueOf(stuck.getMessage()).contains("ST07"));
        stage.kit().attach("company").undeploy(Undeploy.RETAIN);
        stage.say("the set is deleted, its claim and its Secret stay");
    }

    private static void use(Stage stage, PostgresHandle company) throws SQLException {
        stage.say("for programs in the cluster: " + company.inClusterUrl());
        stage.say("databases: "
                + company.psql("select datname from pg_database order by 1").replace("\n", ", "));
        company.psql("create table company (id int primary key, name text not null)");
        try (JdbcForward forward = company.forwardJdbc();
                Connection connection = forward.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into company values (1, 'Example Ltd')");
        }
        String seen = company.clientPod("psql", "-Atc", "select name from company")
                .orThrow()
                .stdout()
                .strip();
        stage.check("a client in a pod of its own reads what another wrote over JDBC", "Example Ltd", seen);
    }

    /** Nobody has to delete the pod of a client, and a database is not touched by its end. */
    private static void goneClient(Stage stage, PostgresHandle company) throws Exception {
        stage.act("the client's pod goes by itself, the database is still there");
        List<Pod> clients = stage.client()
                .pods()
                .inNamespace(stage.namespace())
                .withLabel("statefulkit.dev/task")
                .informOnCondition(List::isEmpty)
                .get(1, TimeUnit.MINUTES);
        stage.check("pods of clients", 0, clients.size());
        stage.check("the company is there", "Example Ltd", company.psql("select name from company"));
    }

    /** Who keeps the budget hears of the new pod a moment after it is ready, and refuses until then. */
    private static void awaitBudget(Stage stage) {
        PodDisruptionBudget budget = stage.client()
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(stage.namespace())
                .withName(Names.of(COMPANY).disruptionBudget())
                .waitUntilCondition(now -> now != null && allowed(now) > 0, 1, TimeUnit.MINUTES);
        stage.say("its budget allows " + allowed(budget) + " disruption");
    }

    private static int allowed(PodDisruptionBudget budget) {
        return Optional.ofNullable(budget.getStatus())
                .map(PodDisruptionBudgetStatus::getDisruptionsAllowed)
                .orElse(0);
    }

    private static void tell(Stage stage, PostgresHandle company, Replacement replacement) {
        stage.say(replacement.newPod() + " is back after "
                + replacement.recovery().toMillis() + " ms, uid " + replacement.oldUid() + " -> "
                + replacement.newUid());
        stage.check("the company is there", "Example Ltd", company.psql("select name from company"));
    }
}
