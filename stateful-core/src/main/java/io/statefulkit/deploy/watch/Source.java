package io.statefulkit.deploy.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Watcher;
import java.util.List;

/** Where a {@link Feed} gets its objects from: the API server, or a fake in a test. */
interface Source<T extends HasMetadata> {

    /** Lists the objects. */
    Page<T> list();

    /** Watches from a revision on; what it returns ends the watch when it is closed. */
    AutoCloseable watch(String resourceVersion, Watcher<T> watcher);

    /**
     * A list and the revision it is of.
     *
     * @param items the objects
     * @param resourceVersion the revision
     */
    record Page<T>(List<T> items, String resourceVersion) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
