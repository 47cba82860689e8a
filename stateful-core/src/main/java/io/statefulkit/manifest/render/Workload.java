package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetOrdinals;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategyBuilder;
import io.statefulkit.spec.Annotations;
import io.statefulkit.spec.Names;
import io.statefulkit.spec.Rollout;
import io.statefulkit.spec.Settings;
import io.statefulkit.spec.Storage.Shape;
import io.statefulkit.spec.pod.UpdateStrategy;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The object that runs the pods. */
final class Workload {

    private final Settings settings;
    private final Rollout rollout;
    private final PodTemplate template;
    private final Labels labels;
    private final Names names;

    Workload(Settings settings, Engine engine, Server server, Names names) {
        this.settings = settings;
        this.rollout = settings.rollout();
        this.template = new PodTemplate(settings, engine, server, names);
        this.labels = Labels.of(settings, server.app());
        this.names = names;
    }

    HasMetadata object() {
        return settings.storage().shape() == Shape.DEPLOYMENT ? deployment() : statefulSet();
    }

    private HasMetadata deployment() {
        return new DeploymentBuilder()
                .withMetadata(meta())
                .withNewSpec()
                .withReplicas(rollout.replicas())
                .withNewSelector()
                .withMatchLabels(labels.selector())
                .endSelector()
                .withRevisionHistoryLimit(10)
                .withMinReadySeconds(minReady())
                .withNewStrategy()
                .withType("Recreate")
                .endStrategy()
                .withTemplate(template.template())
                .endSpec()
                .build();
    }

    private HasMetadata statefulSet() {
        return new StatefulSetBuilder()
                .withMetadata(meta())
                .withNewSpec()
                .withServiceName(names.headlessService())
                .withReplicas(rollout.replicas())
                .withNewSelector()
                .withMatchLabels(labels.selector())
                .endSelector()
                .withPodManagementPolicy("OrderedReady")
                .withRevisionHistoryLimit(10)
                .withMinReadySeconds(minReady())
                .withUpdateStrategy(strategy(rollout.update()))
                .withNewPersistentVolumeClaimRetentionPolicy(
                        settings.storage().retention().whenDeleted().text(),
                        settings.storage().retention().whenScaled().text())
                .withTemplate(template.template())
                .withVolumeClaimTemplates(Claims.templates(settings, labels))
                .endSpec()
                .editSpec()
                .withOrdinals(rollout.firstOrdinal() > 0 ? new StatefulSetOrdinals(rollout.firstOrdinal()) : null)
                .endSpec()
                .build();
    }

    private ObjectMeta meta() {
        Map<String, String> annotations = new TreeMap<>(settings.identity().annotations());
        if (rollout.independent()) {
            annotations.put(Annotations.INDEPENDENT, "true");
        }
        return new ObjectMetaBuilder(labels.meta(names.workload()))
                .withAnnotations(annotations.isEmpty() ? null : annotations)
                .build();
    }

    /** A pause between pods only matters where there are several; a single server should not wait for it. */
    private @Nullable Integer minReady() {
        long seconds = rollout.update().minReady().toSeconds();
        if (seconds > 0) {
            return (int) seconds;
        }
        return rollout.replicas() > 1 ? 5 : null;
    }

    private static StatefulSetUpdateStrategy strategy(UpdateStrategy update) {
        StatefulSetUpdateStrategyBuilder strategy =
                new StatefulSetUpdateStrategyBuilder().withType(update.automatic() ? "RollingUpdate" : "OnDelete");
        if (update.automatic() && update.partition() > 0) {
            strategy.withNewRollingUpdate().withPartition(update.partition()).endRollingUpdate();
        }
        return strategy.build();
    }
}
