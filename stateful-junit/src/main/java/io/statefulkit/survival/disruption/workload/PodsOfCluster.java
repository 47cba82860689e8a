package io.statefulkit.survival.disruption.workload;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.statefulkit.survival.disruption.observation.PodTrail;

/** Lists and watches pods through a client. */
record PodsOfCluster(FilterWatchListDeletable<Pod, PodList, PodResource> pods) implements PodTrail.Source {

    @Override
    public PodList list() {
        return pods.list();
    }

    @Override
    public Watch watch(String revision, Watcher<Pod> watcher) {
        return pods.watch(
                new ListOptionsBuilder()
                        .withResourceVersion(revision)
                        .withAllowWatchBookmarks(true)
                        .build(),
                watcher);
    }
}
