package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.Settings;
import io.statefulkit.spec.StatefulSpec;
import io.statefulkit.spec.Storage.Shape;
import io.statefulkit.spec.job.StatefulJob;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.spec.storage.StorageClassSpec;
import java.util.ArrayList;
import java.util.List;

/** Turns a spec into the objects that Kubernetes gets. Pure: the same spec gives equal objects in the same order. */
public final class Renderer {

    private Renderer() {}

    /** Return the spec's objects in the order in which they are to be applied, edits included. */
    public static List<HasMetadata> render(StatefulSpec spec) {
        Settings settings = spec.settings();
        Names names = Names.of(spec);
        Engine engine = Engine.of(spec);
        Server server = engine.server();
        Labels labels = Labels.of(settings, server.app());
        List<HasMetadata> objects = new ArrayList<>(cluster(settings, labels));
        objects.addAll(server.objects());
        objects.addAll(claims(settings, labels));
        if (settings.extras().sidecarBackup().isPresent()) {
            objects.add(Containers.backupScript(engine, names, labels));
        }
        objects.addAll(new Services(settings, server, names).objects());
        objects.add(new Workload(settings, engine, server, names).object());
        settings.extras().jobs().forEach(job -> objects.addAll(new Jobs(spec).objects(job)));
        objects.addAll(settings.extras().resources());
        List<HasMetadata> edited = Edits.apply(settings.extras().edits(), objects);
        return ApplyOrder.sorted(new ConfigMark(names.configMap(), engine.ownConfig()).on(edited));
    }

    /** Return the objects of a job that is a client of this server, edited like one that is part of the spec. */
    public static List<HasMetadata> render(StatefulSpec server, StatefulJob job) {
        List<HasMetadata> objects = new Jobs(server).objects(job);
        return ApplyOrder.sorted(Edits.applyToSome(server.settings().extras().edits(), objects));
    }

    private static List<HasMetadata> cluster(Settings settings, Labels labels) {
        List<HasMetadata> objects = new ArrayList<>();
        if (settings.identity().createNamespace()) {
            String namespace = settings.identity()
                    .namespace()
                    .orElseThrow(() -> new IllegalArgumentException("withNamespaceCreated of '%s' needs inNamespace"
                            .formatted(settings.identity().name())));
            objects.add(new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(namespace)
                    .endMetadata()
                    .build());
        }
        settings.storage().classes().forEach(storageClass -> objects.add(storageClass(storageClass, labels)));
        objects.addAll(Claims.volumes(Claims.pods(settings), labels));
        return objects;
    }

    private static HasMetadata storageClass(StorageClassSpec spec, Labels labels) {
        return new StorageClassBuilder()
                .withMetadata(labels.clusterMeta(spec.name()))
                .withProvisioner(spec.provisioner())
                .withReclaimPolicy(spec.reclaim().text())
                .withVolumeBindingMode("WaitForFirstConsumer")
                .withAllowVolumeExpansion(spec.expandable() ? true : null)
                .withParameters(spec.parameters().isEmpty() ? null : spec.parameters())
                .build();
    }

    private static List<HasMetadata> claims(Settings settings, Labels labels) {
        List<HasMetadata> objects = new ArrayList<>();
        if (settings.storage().shape() == Shape.DEPLOYMENT) {
            for (Claim claim : Claims.pods(settings)) {
                if (!claim.existing()) {
                    objects.add(Claims.standalone(claim, labels));
                }
            }
        }
        return objects;
    }
}
