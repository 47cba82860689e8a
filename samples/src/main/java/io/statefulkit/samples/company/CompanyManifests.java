package io.statefulkit.samples.company;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.statefulkit.lint.Rule;
import io.statefulkit.manifest.Plan;
import io.statefulkit.samples.stage.Planned;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.spec.StatefulPostgres;
import java.util.List;
import java.util.Optional;

/** What the tutorial had written by hand, read by the rules, and what is planned instead; no server is needed for it. */
final class CompanyManifests {

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

    /** The set of a tutorial: ten seconds to stop, a version of 2020, and a class that is called as if it were the default. */
    private static final String SET_BY_HAND = """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: company}
        spec:
          serviceName: company
          selector: {matchLabels: {app: company}}
          template:
            metadata: {labels: {app: company}}
            spec:
              terminationGracePeriodSeconds: 10
              containers:
              - name: postgres
                image: postgres:12.2
                env:
                - name: POSTGRES_PASSWORD
                  valueFrom: {secretKeyRef: {name: company-login, key: POSTGRES_PASSWORD}}
                volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]
          volumeClaimTemplates:
          - metadata: {name: data}
            spec: {storageClassName: default, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
        """;

    private CompanyManifests() {}

    static void tell(Stage stage) {
        stage.act("manifests written by hand: a Service whose indentation is lost, a password that is too short");
        stage.judge(BY_HAND, Rule.AP01, Rule.SEC05);
        set(stage);
        images(stage);

        stage.act("what is applied instead");
        Plan plan = Plan.of(CompanyStory.COMPANY);
        Planned.names(plan.resources()).forEach(stage::say);
        stage.check(
                "documents of YAML, for those who want files",
                (long) plan.resources().size(),
                plan.toYaml().lines().filter(line -> line.equals("---")).count());
    }

    private static void set(Stage stage) {
        stage.act("a set written by hand: ten seconds to stop, an old image, a class called default");
        stage.judge(SET_BY_HAND, Rule.ST17, Rule.IMG02, Rule.LC03);
        StatefulSet planned = Planned.of(CompanyStory.COMPANY).one(StatefulSet.class);
        stage.check(
                "seconds that are planned to stop",
                300L,
                planned.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds());
        stage.check(
                "class that is planned",
                "none, so that the cluster takes its default",
                Optional.ofNullable(planned.getSpec()
                                .getVolumeClaimTemplates()
                                .get(0)
                                .getSpec()
                                .getStorageClassName())
                        .orElse("none, so that the cluster takes its default"));
        stage.check(
                "how an image is stopped that would wait for its last client",
                true,
                stop(CompanyStory.COMPANY.withImage("postgres:12.2")).contains("pg_ctl stop -D \"$PGDATA\" -m fast"));
        stage.check("how one is stopped that would not", "as it says itself", stop(CompanyStory.COMPANY));
    }

    private static String stop(StatefulPostgres spec) {
        Container server = pod(spec).getContainers().get(0);
        return Optional.ofNullable(server.getLifecycle())
                .map(lifecycle ->
                        String.join(" ", lifecycle.getPreStop().getExec().getCommand()))
                .orElse("as it says itself");
    }

    /** What one would have to look up in the description of each image, by its version and the Linux that it is made of. */
    private static void images(Stage stage) {
        stage.act("what an image wants to be told is known: its user, where its volume goes, where its data is");
        told(stage, "postgres:15-bookworm", "999 /var/lib/postgresql/data /var/lib/postgresql/data/pgdata");
        told(stage, "postgres:17.6-alpine3.22", "70 /var/lib/postgresql/data /var/lib/postgresql/data/pgdata");
        told(stage, "postgres:18.0-bookworm", "999 /var/lib/postgresql /var/lib/postgresql/18/docker");
    }

    private static void told(Stage stage, String image, String expected) {
        PodSpec pod = pod(CompanyStory.COMPANY.withImage(image));
        Container server = pod.getContainers().get(0);
        String volume = server.getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals("data"))
                .map(VolumeMount::getMountPath)
                .findFirst()
                .orElse("");
        String data = server.getEnv().stream()
                .filter(variable -> variable.getName().equals("PGDATA"))
                .map(EnvVar::getValue)
                .findFirst()
                .orElse("");
        stage.check(
                image + ": user, volume, data",
                expected,
                pod.getSecurityContext().getRunAsUser() + " " + volume + " " + data);
    }

    private static PodSpec pod(StatefulPostgres spec) {
        return Planned.of(spec).one(StatefulSet.class).getSpec().getTemplate().getSpec();
    }

    static void loop(Stage stage) {
        stage.act("many sets are a loop");
        for (String name : List.of("north", "south")) {
            Plan plan = Plan.of(StatefulPostgres.named(name)
                    .withImage("postgres:15-bookworm")
                    .withVolumeClaimTemplate("1Gi"));
            stage.check(
                    "objects planned of " + name,
                    plan.resources().size(),
                    Plan.of(CompanyStory.COMPANY).resources().size());
        }
    }
}
