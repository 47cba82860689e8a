package io.statefulkit.samples.bigco;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.statefulkit.lint.Rule;
import io.statefulkit.samples.stage.Planned;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.pod.Resources;
import java.util.List;

/** What the administrator and the developer had written by hand, read by the rules, and what is planned instead. */
final class BigCoManifests {

    /** A volume of which a small claim takes all, on nobody knows which node, and a class in a namespace. */
    private static final String VOLUMES_BY_HAND = """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: ssd, namespace: shop}
        provisioner: rancher.io/local-path
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: disk-1}
        spec:
          storageClassName: manual
          accessModes: [ReadWriteOnce]
          capacity: {storage: 10Gi}
          hostPath: {path: /srv/disk-1}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: shop-data}
        spec:
          storageClassName: manual
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 3Gi}}
        """;

    /** A server of a tutorial whose probes ask over the socket, and kill a first start that takes its time. */
    private static final String SERVER_BY_HAND = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          strategy: {type: Recreate}
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
              - name: mysql
                image: mysql:5.7
                env: [{name: MYSQL_ROOT_PASSWORD, value: correct-horse-battery}]
                ports: [{containerPort: 3306}]
                resources: {requests: {cpu: 500m, memory: 1Gi}}
                livenessProbe: {exec: {command: [mysqladmin, ping]}, initialDelaySeconds: 30, timeoutSeconds: 5}
                readinessProbe: {exec: {command: [mysqladmin, ping]}, periodSeconds: 2, timeoutSeconds: 1}
                volumeMounts: [{name: data, mountPath: /var/lib/mysql}]
              volumes: [{name: data, persistentVolumeClaim: {claimName: shop-data}}]
        """;

    private static final String SERVICE_BY_HAND = """
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          clusterIP: None
          selector: {app: shop}
          ports: [{port: 3306}]
        ---
        """;

    private static final StatefulMySql SERVER = StatefulMySql.named("shop")
            .withImage("mysql:5.7.44")
            .withVolumeClaimTemplate("3Gi")
            .withResources(Resources.cpu("500m").memory("1Gi"));

    private BigCoManifests() {}

    static void tell(Stage stage) {
        stage.act("what the administrator and the developer had written by hand");
        stage.judge(VOLUMES_BY_HAND, Rule.ST14, Rule.ST11, Rule.ST13);
        server(stage);
        services(stage);
    }

    private static void server(Stage stage) {
        stage.act("a server with probes, written by hand; and the probes that are planned");
        stage.judge(SERVER_BY_HAND, Rule.SEC01, Rule.LC02, Rule.ST08, Rule.IMG02, Rule.LC05, Rule.LC06);
        Container planned = Planned.of(SERVER)
                .one(StatefulSet.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
        for (Probe probe :
                List.of(planned.getStartupProbe(), planned.getReadinessProbe(), planned.getLivenessProbe())) {
            String command = String.join(" ", probe.getExec().getCommand());
            stage.check("a probe asks over TCP", true, command.contains("-h 127.0.0.1 --protocol=tcp"));
            stage.check("and may take, in seconds", 5, probe.getTimeoutSeconds());
        }
        Probe start = planned.getStartupProbe();
        stage.check(
                "seconds that a first start may take before it is killed",
                3600,
                start.getPeriodSeconds() * start.getFailureThreshold());
        stage.check(
                "what it asks for",
                "500m and 1Gi",
                planned.getResources().getRequests().get("cpu") + " and "
                        + planned.getResources().getRequests().get("memory"));
    }

    private static void services(Stage stage) {
        stage.act("a Service for clients, written by hand: headless, a port without a name; and what is planned");
        stage.judge(SERVICE_BY_HAND + SERVER_BY_HAND, Rule.ID05, Rule.ID06);
        List<Service> planned = Planned.of(SERVER).all(Service.class);
        stage.check(
                "one for the names of pods, one with an address of its own for clients",
                List.of("shop-headless", "shop"),
                planned.stream().map(service -> service.getMetadata().getName()).toList());
        stage.check(
                "addresses",
                List.of("None", "given by the cluster"),
                planned.stream()
                        .map(service -> service.getSpec().getClusterIP() == null
                                ? "given by the cluster"
                                : service.getSpec().getClusterIP())
                        .toList());
        stage.check(
                "names of their ports",
                List.of("mysql", "mysql"),
                planned.stream()
                        .map(service -> service.getSpec().getPorts().get(0).getName())
                        .toList());
    }
}
