package io.statefulkit.deploy.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;

/**
 * Lists and watches through a client.
 *
 * @param objects which objects
 */
record ClientSource<T extends HasMetadata>(FilterWatchListDeletable<T, ? extends KubernetesResourceList<T>, ?> objects)
        implements Source<T> {

    @Override
    public Page<T> list() {
        KubernetesResourceList<T> list = objects.list();
        return new Page<>(list.getItems(), list.getMetadata().getResourceVersion());
    }

    @Override
    public AutoCloseable watch(String resourceVersion, Watcher<T> watcher) {
        return objects.watch(
                new ListOptionsBuilder()
                        .withResourceVersion(resourceVersion)
                        .withAllowWatchBookmarks(true)
                        .build(),
                watcher);
    }
}
