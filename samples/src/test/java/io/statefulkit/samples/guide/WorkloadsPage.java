package io.statefulkit.samples.guide;

import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.lint.LintReport;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.check.Lint;
import io.statefulkit.manifest.Plan;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.pod.Credentials;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.storage.Claim;
import java.nio.file.Path;

/** Code of the page about workloads. */
@SuppressWarnings("UnusedVariable") // The page shows what calls return.
final class WorkloadsPage {

    private WorkloadsPage() {}

    static void engines() {
        // tag::engines[]
        StatefulPostgres orders = StatefulPostgres.named("orders")
                .withImage("postgres:17.6-bookworm")
                .withCredentials(Credentials.generate())
                .withDatabase("shop")
                .withVolumeClaimTemplate("10Gi")
                .withResources(Resources.cpu("500m").memory("1Gi"))
                .withConfig("max_connections", "200");

        StatefulMySql catalog =
                StatefulMySql.named("catalog").withImage("mariadb:11.4").withVolumeClaimTemplate("5Gi");

        StatefulRedis sessions =
                StatefulRedis.named("sessions").withImage("redis:7.4-bookworm").withVolumeClaimTemplate("1Gi");
        // end::engines[]
    }

    static void anyImage() {
        // tag::any[]
        StatefulWorkload search = StatefulWorkload.named("search")
                .withImage("registry.example/search:4.2")
                .withPort("http", 9200)
                .withVolumeClaimTemplate(Claim.named("index").size("20Gi"), "/var/lib/search")
                .withReadyCommand("curl", "-sf", "http://127.0.0.1:9200/health")
                .withResources(Resources.cpu("1").memory("2Gi"));
        // end::any[]
    }

    static void claims(StatefulPostgres orders) {
        // tag::claims[]
        // A StatefulSet; each pod gets a claim of its own.
        StatefulPostgres set =
                orders.withVolumeClaimTemplate(Claim.named("data").size("10Gi").storageClass("fast"));

        // A Deployment of one pod on a claim that is there already.
        StatefulPostgres single = orders.asSingleReplicaDeployment(Claim.existing("orders-data"));

        // No volume: a restart loses everything, and the rules say so unless it is allowed with a reason.
        StatefulPostgres scratch = orders.withEphemeralStorage();
        // end::claims[]
    }

    static void plan(StatefulPostgres orders, KubernetesClient client) {
        // tag::plan[]
        Plan plan = Plan.of(orders);
        plan.lint().findings().forEach(System.out::println);
        System.out.println(plan.toYaml());
        plan.writeTo(Path.of("deploy/orders"));
        // end::plan[]
    }

    static void exceptions(StatefulPostgres orders) {
        // tag::exceptions[]
        StatefulPostgres special = orders.customize(PodSpecBuilder.class, pod -> pod.withPriorityClassName("databases"))
                .customizeContainer(
                        "postgres", container -> container.withTerminationMessagePolicy("FallbackToLogsOnError"))
                .allow(Rule.ST11, "this cluster has one node");
        // end::exceptions[]
    }

    static void lint(String yaml) {
        // tag::lint[]
        LintReport report = Lint.yaml(yaml);
        report.findings().forEach(System.out::println);
        // end::lint[]
    }
}
