package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.PodSettings;
import io.statefulkit.spec.Settings;
import io.statefulkit.spec.Storage.Shape;
import io.statefulkit.spec.pod.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The template of a workload's pods. */
final class PodTemplate {

    private final Settings settings;
    private final PodSettings pod;
    private final Engine engine;
    private final Server server;
    private final Labels labels;
    private final Names names;

    PodTemplate(Settings settings, Engine engine, Server server, Names names) {
        this.settings = settings;
        this.pod = settings.pod();
        this.engine = engine;
        this.server = server;
        this.labels = Labels.of(settings, server.app());
        this.names = names;
    }

    PodTemplateSpec template() {
        PodSpecBuilder spec = new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(pod.grace().toSeconds())
                .withSecurityContext(Security.pod(pod, server.ids()))
                .withAffinity(affinity())
                .addToContainers(new ServerContainer(pod, server, engine.beforeStop()).container())
                .withVolumes(volumes());
        if (settings.storage().givenToServer()) {
            spec.addToInitContainers(Containers.permissions(settings, server));
        }
        sidecars(spec);
        boolean templates = settings.storage().shape() != Shape.DEPLOYMENT;
        Collisions.check(
                names.workload(),
                spec.build(),
                templates
                        ? Claims.templates(settings, labels).stream()
                                .map(template -> template.getMetadata().getName())
                        : Stream.of());
        return new PodTemplateSpecBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withLabels(labels.all())
                        .withAnnotations(annotations())
                        .build())
                .withSpec(spec.build())
                .build();
    }

    private @Nullable Map<String, String> annotations() {
        return settings.extras().k8up()
                ? Map.of(
                        "k8up.io/backupcommand", engine.dumpToOutput(),
                        "k8up.io/backupcommand-container", server.container(),
                        "k8up.io/file-extension", server.container().equals("postgres") ? ".dump" : ".sql")
                : null;
    }

    private void sidecars(PodSpecBuilder spec) {
        settings.extras().sidecarBackup().ifPresent(backup -> {
            String claim = Claims.backup(settings, backup).name();
            var container = Containers.backup(backup, claim, pod, engine);
            if (backup.nativeSidecar()) {
                spec.addToInitContainers(container);
            } else {
                spec.addToContainers(container);
            }
        });
        pod.sidecars().forEach(sidecar -> {
            var container = Containers.sidecar(sidecar, pod);
            if (sidecar.nativeSidecar()) {
                spec.addToInitContainers(container);
            } else {
                spec.addToContainers(container);
            }
        });
    }

    private List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>(Volumes.ofClaims(settings));
        volumes.addAll(server.volumes());
        if (settings.extras().sidecarBackup().isPresent()) {
            volumes.add(ConfigMaps.volume(Containers.BACKUP_SCRIPT_VOLUME, names.backupScript()));
        }
        return volumes;
    }

    private @Nullable Affinity affinity() {
        Spread spread = settings.rollout().spread();
        if (spread == Spread.ANYWHERE) {
            return null;
        }
        AffinityBuilder affinity =
                new AffinityBuilder().withNewPodAntiAffinity().endPodAntiAffinity();
        if (spread == Spread.REQUIRE_NODES) {
            affinity.editPodAntiAffinity()
                    .addToRequiredDuringSchedulingIgnoredDuringExecution(
                            term("kubernetes.io/hostname").build())
                    .endPodAntiAffinity();
            return affinity.build();
        }
        prefer(affinity, "kubernetes.io/hostname", 50);
        if (spread == Spread.PREFER_ZONES) {
            prefer(affinity, "topology.kubernetes.io/zone", 100);
        }
        return affinity.build();
    }

    private void prefer(AffinityBuilder affinity, String topology, int weight) {
        affinity.editPodAntiAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(weight)
                .withPodAffinityTerm(term(topology).build())
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endPodAntiAffinity();
    }

    private PodAffinityTermBuilder term(String topology) {
        return new PodAffinityTermBuilder()
                .withTopologyKey(topology)
                .withLabelSelector(new LabelSelectorBuilder()
                        .withMatchLabels(labels.selector())
                        .build());
    }
}
