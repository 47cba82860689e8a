package io.statefulkit.samples.moving;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.lint.Finding;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.Severity;
import io.statefulkit.lint.check.Lint;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.samples.stage.Story;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.spec.storage.Claim;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A database that was written by hand moves to StatefulKit, with its data and its password. */
public final class MovingStory implements Story {

    // tag::spec[]
    static final StatefulPostgres LEDGER = StatefulPostgres.named(HandWritten.NAME)
            .withImage("postgres:15-bookworm")
            .withCredentials(Credentials.existingSecret("ledger-login", "user", "password"))
            .withDatabase("ledger")
            .asSingleReplicaDeployment(Claim.existing("ledger-files"));
    // end::spec[]

    @Override
    public String name() {
        return "moving";
    }

    @Override
    public String title() {
        return "a database written by hand is looked at, then taken over with its claim, its Secret and its data";
    }

    @Override
    public void tell(Stage stage) throws Exception {
        HandWritten old = new HandWritten(stage.namespace());
        List<HasMetadata> objects = List.of(old.login(), old.claim(), old.service(), old.deployment());

        stage.act("what was written by hand runs");
        start(stage.client(), objects);
        fill(stage);

        stage.act("what the rules say to it");
        List<Finding> findings = Lint.objects(objects).findings();
        findings.forEach(finding -> stage.say(finding.toString()));
        stage.check(
                "what they would refuse",
                List.of(Rule.ST02),
                findings.stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .map(Finding::rule)
                        .toList());

        stage.act("its Deployment and its Service go, its claim and its Secret stay");
        stop(stage.client(), stage.namespace());

        stage.act("a claim that is there is not taken for a new one");
        stage.refused(
                "a spec that describes the claim as its own",
                ApplyException.class,
                () -> stage.kit()
                        .deploy(LEDGER.asSingleReplicaDeployment(
                                Claim.named("ledger-files").size("1Gi"))));

        stage.act("the same in four lines, and with the claim that exists");
        // tag::take-over[]
        PostgresHandle ledger = stage.kit().deploy(LEDGER);
        // end::take-over[]
        stage.check("its data", "42", ledger.psql("select amount from entries"));
        stage.say("from now on: deletePod, backupNow, upgrade … of " + ledger);
    }

    static void start(KubernetesClient client, List<HasMetadata> objects) {
        objects.forEach(object -> client.resource(object).create());
        client.apps()
                .deployments()
                .inNamespace(objects.get(0).getMetadata().getNamespace())
                .withName(HandWritten.NAME)
                .waitUntilReady(10, TimeUnit.MINUTES);
    }

    static void fill(Stage stage) throws Exception {
        Pod pod = pods(stage.client(), stage.namespace()).get(0);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (ExecWatch exec = stage.client()
                .pods()
                .inNamespace(stage.namespace())
                .withName(pod.getMetadata().getName())
                .writingOutput(said)
                .writingError(said)
                .exec(
                        "psql",
                        "-U",
                        "ledger",
                        "-c",
                        "create table entries (amount int)",
                        "-c",
                        "insert into entries values (42)")) {
            int code = exec.exitCode().get(60, TimeUnit.SECONDS);
            stage.say("psql: " + said.toString(StandardCharsets.UTF_8).strip().replace("\n", ", "));
            stage.check("psql ends with", 0, code);
        }
    }

    /** Waits for the last pod as well: two servers on one directory is what this must not lead to. */
    static void stop(KubernetesClient client, String namespace) {
        client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(HandWritten.NAME)
                .delete();
        client.services().inNamespace(namespace).withName(HandWritten.NAME).delete();
        for (Pod pod : pods(client, namespace)) {
            client.pods()
                    .inNamespace(namespace)
                    .withName(pod.getMetadata().getName())
                    .waitUntilCondition(Objects::isNull, 2, TimeUnit.MINUTES);
        }
    }

    private static List<Pod> pods(KubernetesClient client, String namespace) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel("app", HandWritten.NAME)
                .list()
                .getItems();
    }
}
