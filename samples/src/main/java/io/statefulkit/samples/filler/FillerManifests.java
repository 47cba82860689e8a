package io.statefulkit.samples.filler;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.statefulkit.lint.Rule;
import io.statefulkit.samples.stage.Planned;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.spec.StatefulPostgres;
import java.util.List;

/** What the tutorial had written by hand, read by the rules; no server is needed for it. */
final class FillerManifests {

    /** The Job of a tutorial: a script of a few lines that cannot fail. */
    private static final String DUMP_BY_HAND = """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: dump}
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
              - name: dump
                image: postgres:15.14-bookworm
                command:
                - bash
                - -c
                - |
                  if [ $URL ]
                  then
                    pg_dump -v $URL > /tmp/dump.sql
                  fi
                env:
                - name: URL
                  valueFrom: {secretKeyRef: {name: login, key: url}}
        """;

    /** A database of a tutorial: the set names a Service that there is not, so that its pods get no names. */
    private static final String WORDS_BY_HAND = """
        apiVersion: v1
        kind: Service
        metadata: {name: words-svc}
        spec:
          clusterIP: None
          selector: {app: words}
          ports: [{name: web, port: 5432}]
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: words}
        spec:
          serviceName: words
          selector: {matchLabels: {app: words}}
          template:
            metadata: {labels: {app: words}}
            spec:
              containers:
              - name: postgres
                image: postgres:13.0
                env: [{name: POSTGRES_PASSWORD, value: correct-horse-battery}]
                volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]
          volumeClaimTemplates:
          - metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 100Mi}}}
        """;

    private FillerManifests() {}

    static void tell(Stage stage) {
        words(stage);
        stage.act("a dump as a Job, written by hand: it dumps nothing and is content when its URL is empty");
        stage.judge(DUMP_BY_HAND, Rule.BK01, Rule.BK08, Rule.BK09);
    }

    private static void words(Stage stage) {
        stage.act("a set that names a Service which there is not, written by hand; and one whose names are made");
        stage.judge(WORDS_BY_HAND, Rule.ST07, Rule.ID01, Rule.SEC01, Rule.ST18, Rule.ID06, Rule.IMG02);
        Planned planned = Planned.of(StatefulPostgres.named("words")
                .withImage("postgres:16.10-bookworm")
                .withVolumeClaimTemplate("1Gi"));
        List<String> headless = planned.all(Service.class).stream()
                .filter(service -> "None".equals(service.getSpec().getClusterIP()))
                .map(service -> service.getMetadata().getName())
                .toList();
        stage.check(
                "the Service that gives names to pods is the one that the set names",
                List.of(planned.one(StatefulSet.class).getSpec().getServiceName()),
                headless);
    }
}
