package io.statefulkit.samples.company;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.pod.Replacement;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.lint.Finding;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.check.Lint;
import io.statefulkit.manifest.Plan;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.samples.stage.Story;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.pod.Credentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** A database in a StatefulSet: its password, a start that fails for {@code lost+found}, and a set that is disturbed. */
public final class CompanyStory implements Story {

    // tag::spec[]
    static final StatefulPostgres COMPANY = StatefulPostgres.named("company")
            .withImage("postgres:15-bookworm")
            .withCredentials(Credentials.generate())
            .withVolumeClaimTemplate("1Gi");
    // end::spec[]

    /** The Service of a tutorial, as it came through a text editor. */
    private static final String BY_HAND = """
        apiVersion: v1
        kind: Service
        metadata:
        name: company
        spec:
        ports:
        - port: 5432
          name: postgres
        clusterIP: None
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: company-login}
        stringData: {POSTGRES_PASSWORD: tea4two}
        """;

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
    public void tell(Stage stage) throws SQLException {
        stage.act("manifests written by hand: a Service whose indentation is lost, a password that is too short");
        List<Finding> findings = Lint.yaml(BY_HAND).findings();
        findings.forEach(finding -> stage.say(finding.toString()));
        stage.check(
                "rules that find something",
                List.of("AP01", "SEC05"),
                findings.stream().map(finding -> finding.rule().name()).toList());

        stage.act("what is applied instead");
        Plan plan = Plan.of(COMPANY);
        plan.resources()
                .forEach(object ->
                        stage.say(object.getKind() + "/" + object.getMetadata().getName()));
        stage.check(
                "documents of YAML, for those who want files",
                (long) plan.resources().size(),
                plan.toYaml().lines().filter(line -> line.equals("---")).count());

        stage.act("a first attempt, with the data directory at the root of the volume");
        fail(stage);

        stage.act("applied again with a directory of the volume, as it is by default: the volume is the same");
        PostgresHandle company = stage.kit().deploy(COMPANY);
        use(stage, company);

        stage.act("the pod is deleted");
        tell(stage, company, company.deletePod(0).awaitReplacement());
        stage.act("the pod is evicted, as when its node is drained");
        tell(stage, company, company.evictPod(0).awaitReplacement());

        stage.act("many sets are a loop");
        for (String name : List.of("north", "south")) {
            stage.say("planned: "
                    + Plan.of(StatefulPostgres.named(name)
                                    .withImage("postgres:15-bookworm")
                                    .withVolumeClaimTemplate("1Gi"))
                            .resources()
                            .size()
                    + " objects of " + name);
        }
    }

    private static void fail(Stage stage) {
        try {
            stage.kit()
                    .withPatience(Patience.defaults().withTroublesFor(Duration.ofSeconds(4)))
                    .deploy(firstAttempt());
            stage.check("it does not start", true, false);
        } catch (StuckException e) {
            String trouble = String.valueOf(e.getMessage());
            stage.say(trouble);
            stage.check("the cause is named, rule ST07", true, trouble.contains("ST07"));
        }
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

    private static void tell(Stage stage, PostgresHandle company, Replacement replacement) {
        stage.say(replacement.newPod() + " is back after "
                + replacement.recovery().toMillis() + " ms, uid " + replacement.oldUid() + " -> "
                + replacement.newUid());
        stage.check("the company is there", "Example Ltd", company.psql("select name from company"));
    }
}
