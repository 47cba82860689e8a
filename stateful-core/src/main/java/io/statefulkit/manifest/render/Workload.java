package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.Settings;

/** The object that runs the pods. */
final class Workload {

    private final Settings settings;
    private final Server server;
    private final Labels labels;
    private final Names names;

    Workload(Settings settings, Server server, Names names) {
        this.settings = settings;
        this.server = server;
        this.labels = Labels.of(settings, server.app());
        this.names = names;
    }

    HasMetadata statefulSet() {
        int replicas = settings.rollout().replicas();
        return new StatefulSetBuilder()
                .withMetadata(labels.meta(names.workload()))
                .editMetadata()
                .addToAnnotations(settings.identity().annotations())
                .endMetadata()
                .withNewSpec()
                .withServiceName(names.headlessService())
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(labels.selector())
                .endSelector()
                .withPodManagementPolicy("OrderedReady")
                .withRevisionHistoryLimit(10)
                // a pause between pods only matters where there are several; a single server should not wait for it
                .withMinReadySeconds(replicas > 1 ? 5 : null)
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .endUpdateStrategy()
                .withNewPersistentVolumeClaimRetentionPolicy("Retain", "Retain")
                .withTemplate(template())
                .withVolumeClaimTemplates(settings.storage().claims().stream()
                        .map(claim -> Volumes.template(claim, labels))
                        .toList())
                .endSpec()
                .build();
    }

    private PodTemplateSpec template() {
        return new PodTemplateSpecBuilder()
                .withMetadata(new ObjectMetaBuilder().withLabels(labels.all()).build())
                .withNewSpec()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(settings.pod().grace().toSeconds())
                .withSecurityContext(Security.pod(settings.pod(), server.ids()))
                .withContainers(ServerContainer.of(settings.pod(), server))
                .withVolumes(server.volumes())
                .endSpec()
                .build();
    }
}
