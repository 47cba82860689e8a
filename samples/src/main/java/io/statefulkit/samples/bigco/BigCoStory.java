package io.statefulkit.samples.bigco;

import io.statefulkit.handle.MySqlHandle;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.handle.volume.OrphanedVolume;
import io.statefulkit.lint.Finding;
import io.statefulkit.lint.Rule;
import io.statefulkit.lint.check.Lint;
import io.statefulkit.manifest.Plan;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.samples.stage.Story;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.Reclaim;
import io.statefulkit.spec.storage.StaticVolume;
import io.statefulkit.spec.storage.StorageClassSpec;
import java.util.List;

/** A company with an administrator and a developer: volumes made by hand, volumes made on demand, and those that are forgotten. */
public final class BigCoStory implements Story {

    private static final String IMAGE = "mariadb:10.11";

    @Override
    public String name() {
        return "bigco";
    }

    @Override
    public String title() {
        return "MariaDB on a volume made by hand and on one made on demand; who applies what; volumes nobody needs any"
                + " more";
    }

    /** A volume of which a small claim takes all, on nobody knows which node, and a class in a namespace. */
    private static final String BY_HAND = """
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

    // tag::spec[]
    /** On a volume that the administrator made before. */
    static StatefulMySql byHand(String namespace) {
        String volume = namespace + "-mysql";
        return StatefulMySql.named("shop")
                .withImage(IMAGE)
                .withStorageClass(StorageClassSpec.named(namespace + "-manual"))
                .asSingleReplicaDeployment(Claim.named("shop-data")
                        .size("3Gi")
                        .storageClass(namespace + "-manual")
                        .on(StaticVolume.hostPath(volume, "/tmp/" + volume)))
                .withVolumePermissionsInit()
                .withResources(Resources.cpu("250m").memory("1Gi"))
                .allow(Rule.ST11, "this cluster has one node");
    }

    /** On a volume that the cluster makes when somebody claims it. */
    static StatefulMySql onDemand(String namespace) {
        return StatefulMySql.named("catalog")
                .withImage(IMAGE)
                .withStorageClass(StorageClassSpec.named(namespace + "-hdd").provisioner("rancher.io/local-path"))
                .withStorageClass(StorageClassSpec.named(namespace + "-ssd")
                        .provisioner("rancher.io/local-path")
                        .reclaim(Reclaim.RETAIN))
                .withVolumeClaimTemplate(Claim.named("data").size("20Gi").storageClass(namespace + "-ssd"))
                .withResources(Resources.cpu("250m").memory("1Gi"));
    }
    // end::spec[]

    @Override
    public void tell(Stage stage) {
        lint(stage);
        StatefulMySql byHand = byHand(stage.namespace());
        stage.act("the administrator applies");
        Plan.of(byHand)
                .clusterScoped()
                .forEach(object ->
                        stage.say(object.getKind() + "/" + object.getMetadata().getName()));
        stage.act("the developer applies");
        Plan.of(byHand)
                .namespaced()
                .forEach(object ->
                        stage.say(object.getKind() + "/" + object.getMetadata().getName()));
        MySqlHandle shop = stage.kit().deploy(byHand);
        disturb(stage, shop);
        stage.act("the developer looks into it, from a pod of his own that knows the password by the Secret");
        String seen = shop.clientPod(
                        "sh",
                        "-c",
                        "mariadb -h \"$MYSQL_HOST\" -u \"$MYSQL_CLIENT_USER\" -N -e 'select item from sold'"
                                + " \"$MYSQL_CLIENT_DATABASE\"")
                .orThrow()
                .stdout()
                .strip();
        stage.check("a client in a pod of its own reads", "a book", seen);
        shop.undeploy(Undeploy.DELETE_DATA, "shop");
        Plan.of(byHand).clusterScoped().forEach(stage::remove);

        stage.act("the same, but the cluster makes the volume; with a namespace of its own, this is the order");
        Plan.of(onDemand("elsewhere").inNamespace("elsewhere").withNamespaceCreated())
                .resources()
                .forEach(object ->
                        stage.say(object.getKind() + "/" + object.getMetadata().getName()));
        MySqlHandle catalog = stage.kit().deploy(onDemand(stage.namespace()));
        disturb(stage, catalog);

        stage.act("a workload goes, its volume stays: somebody has to look for it");
        String volume = catalog.volumes().get(0).volume();
        catalog.undeploy(Undeploy.DELETE_DATA, "catalog");
        List<OrphanedVolume> orphans = stage.kit().orphanedVolumes();
        orphans.forEach(orphan -> stage.say(
                orphan.kind() + " " + orphan.name() + ", " + orphan.size() + ", nobody's: " + orphan.reason()));
        stage.check(
                "volume " + volume + " is reported",
                true,
                orphans.stream().anyMatch(orphan -> orphan.name().equals(volume)));
        stage.client().persistentVolumes().withName(volume).delete();
        Plan.of(onDemand(stage.namespace())).clusterScoped().forEach(stage::remove);
    }

    private static void lint(Stage stage) {
        stage.act("what the administrator and the developer had written by hand");
        List<Finding> findings = Lint.yaml(BY_HAND).findings();
        findings.forEach(finding -> stage.say(finding.toString()));
        stage.check(
                "rules that find something",
                List.of("ST14", "ST11", "ST13"),
                findings.stream().map(finding -> finding.rule().name()).toList());
    }

    private static void disturb(Stage stage, MySqlHandle database) {
        database.sql("create table sold (item text)");
        database.sql("insert into sold values ('a book')");
        database.deletePod(0).awaitReplacement();
        stage.check(
                "a row of " + database.name() + " after its pod was deleted",
                "a book",
                database.sql("select item from sold"));
        database.volumes()
                .forEach(volume -> stage.say(volume.claim() + " -> " + volume.volume() + ", " + volume.storageClass()
                        + ", " + volume.capacity()));
    }
}
