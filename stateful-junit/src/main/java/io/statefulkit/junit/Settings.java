package io.statefulkit.junit;

import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ExistingOptions;
import io.statefulkit.cluster.K3sOptions;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.Reuse;
import io.statefulkit.junit.StatefulCluster.NamespacePer;
import io.statefulkit.junit.StatefulCluster.OnFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of a test class, from all places where they can be.
 *
 * @param cluster which cluster
 * @param namespacePer who gets a namespace
 * @param onFailure what becomes of it when a test fails
 * @param pause how long a test that failed waits at most, where it pauses
 * @param parallelNamespaces how many namespaces there are at a time at most
 */
record Settings(
        ClusterSettings cluster,
        NamespacePer namespacePer,
        OnFailure onFailure,
        Duration pause,
        int parallelNamespaces) {

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException when there is no such key, or a value is none of those that are allowed, naming the key and
     *     what is allowed
     */
    static Settings of(StatefulCluster annotation, SettingSources sources) {
        sources.refuseUnknownKeys();
        // Used elsewhere, if at all; a bad one must not go unseen until then.
        Optional<Long> unused = sources.seed("");
        ClusterSettings cluster = new ClusterSettings(
                sources.constant(SettingKey.PROVIDER, ProviderKind.class, annotation.provider()),
                new K3sOptions(
                        sources.text(SettingKey.K3S_IMAGE, annotation.k3sImage()),
                        sources.list(SettingKey.PRELOAD, annotation.preload()),
                        sources.pairs(SettingKey.MIRRORS)),
                sources.count(SettingKey.NODES, annotation.nodes()),
                sources.constant(SettingKey.REUSE, Reuse.class, annotation.reuse()),
                sources.seconds(SettingKey.START_TIMEOUT, annotation.startTimeoutSeconds()),
                sources.flag(SettingKey.FAIL_WITHOUT_DOCKER, annotation.failWithoutDocker()),
                annotation.images(),
                existing(sources));
        return new Settings(
                cluster,
                sources.constant(SettingKey.NAMESPACE_PER, NamespacePer.class, annotation.namespacePer()),
                sources.constant(SettingKey.ON_FAILURE, OnFailure.class, annotation.onFailure()),
                sources.seconds(SettingKey.PAUSE, annotation.pauseSeconds()),
                sources.count(SettingKey.PARALLEL_NAMESPACES, annotation.parallelNamespaces()));
    }

    private static ExistingOptions existing(SettingSources sources) {
        return new ExistingOptions(
                sources.text(SettingKey.KUBECONFIG, ExistingOptions.NONE.kubeconfig()),
                sources.text(SettingKey.ALLOW_CONTEXTS, ExistingOptions.NONE.allowContexts()),
                sources.flag(SettingKey.ALLOW_NODE_DISRUPTIONS, ExistingOptions.NONE.allowNodeDisruptions()));
    }
}
