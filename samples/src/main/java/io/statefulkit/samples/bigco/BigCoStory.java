package io.statefulkit.samples.bigco;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.statefulkit.handle.MySqlHandle;
import io.statefulkit.handle.pod.Undeploy;
import io.statefulkit.handle.volume.OrphanedVolume;
import io.statefulkit.manifest.Plan;
import io.statefulkit.samples.stage.Planned;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.samples.stage.Story;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.Reclaim;
import io.statefulkit.spec.storage.StaticVolume;
import io.statefulkit.spec.storage.StorageClassSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

    // tag::spec[]
    /** On a volume that the administrator made before. */
    static StatefulMySql byHand(String namespace, String node) {
        String volume = namespace + "-mysql";
        return StatefulMySql.named("shop")
                .withImage(IMAGE)
                .withStorageClass(StorageClassSpec.named(namespace + "-manual"))
                .asSingleReplicaDeployment(Claim.named("shop-data")
                        .size("3Gi")
                        .storageClass(namespace + "-manual")
                        .on(StaticVolume.hostPath(volume, "/tmp/" + volume).onNode(node)))
                .withVolumePermissionsInit()
                .withResources(Resources.cpu("250m").memory("1Gi"));
    }

    /** On a volume that the cluster makes when somebody claims it, in the way of a class that it has. */
    static StatefulMySql onDemand(String namespace, StorageClass like) {
        return StatefulMySql.named("catalog")
                .withImage(IMAGE)
                .withStorageClass(made(namespace + "-hdd", like))
                .withStorageClass(made(namespace + "-ssd", like).reclaim(Reclaim.RETAIN))
                .withVolumeClaimTemplate(Claim.named("data").size("20Gi").storageClass(namespace + "-ssd"))
                .withResources(Resources.cpu("250m").memory("1Gi"));
    }
    // end::spec[]

    private static StorageClassSpec made(String name, StorageClass like) {
        StorageClassSpec made = StorageClassSpec.named(name).provisioner(like.getProvisioner());
        Map<String, String> parameters = Objects.requireNonNullElse(like.getParameters(), Map.of());
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            made = made.parameter(parameter.getKey(), parameter.getValue());
        }
        return made.expandable(Boolean.TRUE.equals(like.getAllowVolumeExpansion()));
    }

    @Override
    public void tell(Stage stage) {
        BigCoManifests.tell(stage);
        Optional<String> noServer = stage.ground().hasServer("mariadbd")
                ? Optional.empty()
                : Optional.of("mariadbd is not installed on this machine, and an embedded cluster pulls no images");
        stage.act("the administrator applies");
        noServer.or(() -> stage.ground().noVolumesByHand()).ifPresentOrElse(stage::leaveOut, () -> byHand(stage));
        stage.act("the same, but the cluster makes the volume; with a namespace of its own, this is the order");
        Optional<StorageClass> usual = stage.ground().defaultClass();
        noServer.or(() -> stage.ground().noClasses())
                .or(() -> usual.isPresent() ? Optional.empty() : Optional.of("this cluster has no default class"))
                .ifPresentOrElse(stage::leaveOut, () -> onDemand(stage, usual.orElseThrow()));
    }

    private static void byHand(Stage stage) {
        StatefulMySql byHand = byHand(stage.namespace(), stage.ground().host().orElseThrow());
        Planned.names(Plan.of(byHand).clusterScoped()).forEach(stage::say);
        stage.act("the developer applies");
        Planned.names(Plan.of(byHand).namespaced()).forEach(stage::say);
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
    }

    private static void onDemand(Stage stage, StorageClass usual) {
        Planned.names(Plan.of(onDemand("elsewhere", usual)
                                .inNamespace("elsewhere")
                                .withNamespaceCreated())
                        .resources())
                .forEach(stage::say);
        StatefulMySql spec = onDemand(stage.namespace(), usual);
        MySqlHandle catalog = stage.kit().deploy(spec);
        disturb(stage, catalog);

        stage.act("a workload goes, its volume stays: somebody has to look for it");
        String volume = catalog.volumes().get(0).volume();
        catalog.undeploy(Undeploy.DELETE_DATA, "catalog");
        Forgotten forgotten = new Forgotten(stage, volume);
        forgotten.awaitRelease();
        List<OrphanedVolume> orphans = stage.kit().orphanedVolumes();
        orphans.forEach(orphan -> stage.say(
                orphan.kind() + " " + orphan.name() + ", " + orphan.size() + ", nobody's: " + orphan.reason()));
        stage.check(
                "volume " + volume + " is reported",
                true,
                orphans.stream().anyMatch(orphan -> orphan.name().equals(volume)));
        forgotten.delete();
        Plan.of(spec).clusterScoped().forEach(stage::remove);
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
