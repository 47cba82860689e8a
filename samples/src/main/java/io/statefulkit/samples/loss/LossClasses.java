package io.statefulkit.samples.loss;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.volume.VolumeInfo;
import io.statefulkit.samples.stage.Ground;
import io.statefulkit.samples.stage.Stage;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.storage.Claim;
import java.util.List;

/** Which storage classes a cluster has, and what is looked at before something is asked of one. */
final class LossClasses {

    private LossClasses() {}

    static void tell(Stage stage, PostgresHandle three) {
        stage.act("the storage classes there are: one that is missing is named, one that cannot grow is not asked to");
        List<String> missing = stage.ground().missing("list storage.k8s.io storageclasses", "list - persistentvolumes");
        if (!missing.isEmpty()) {
            stage.leaveOut("the user of this cluster may not: " + String.join(", ", missing));
            return;
        }
        stage.ground().classes().forEach(one -> stage.say(described(one)));
        stage.refused(
                "a class that is missing",
                ApplyException.class,
                () -> stage.kit()
                        .deploy(StatefulPostgres.named("misled")
                                .withImage("postgres:15-bookworm")
                                .withVolumeClaimTemplate(
                                        Claim.named("data").size("1Gi").storageClass("no-such-class"))));
        stage.check("StatefulSets of that name", 0, sets(stage, "misled"));
        String used = three.volumes().get(0).storageClass();
        boolean grows = stage.ground().classes().stream()
                .filter(one -> one.getMetadata().getName().equals(used))
                .anyMatch(one -> Boolean.TRUE.equals(one.getAllowVolumeExpansion()));
        if (grows) {
            stage.say("class " + used + " lets volumes grow, so nothing is refused here");
            return;
        }
        stage.refused("growing their volumes", UnsupportedOperationException.class, () -> three.expandVolumes("2Gi"));
        stage.check(
                "what its claims ask for",
                List.of("1Gi", "1Gi", "1Gi"),
                three.volumes().stream().map(VolumeInfo::requested).toList());
    }

    private static String described(StorageClass one) {
        return "class " + one.getMetadata().getName() + (Ground.isDefault(one) ? " (the default)" : "") + ": made by "
                + one.getProvisioner() + ", bound " + one.getVolumeBindingMode() + ", "
                + (Boolean.TRUE.equals(one.getAllowVolumeExpansion()) ? "can grow" : "cannot grow");
    }

    private static int sets(Stage stage, String name) {
        return stage.client()
                                .apps()
                                .statefulSets()
                                .inNamespace(stage.namespace())
                                .withName(name)
                                .get()
                        == null
                ? 0
                : 1;
    }
}
