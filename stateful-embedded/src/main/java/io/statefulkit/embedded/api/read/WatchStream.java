package io.statefulkit.embedded.api.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.api.WatchOptions;
import io.statefulkit.embedded.api.select.FieldSelector;
import io.statefulkit.embedded.api.select.LabelSelector;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.Change;
import io.statefulkit.embedded.store.Snapshot;
import io.statefulkit.embedded.store.SubscriptionListener;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns changes into the events that one watch sees through its selectors. */
final class WatchStream implements SubscriptionListener {

    private static final String INITIAL_EVENTS_END = "k8s.io/initial-events-end";

    private final ResourceType type;
    private final LabelSelector labels;
    private final FieldSelector fields;
    private final boolean markInitial;
    private final long from;
    private final Consumer<WatchEvent> listener;

    /**
     * Makes the events of one watch.
     *
     * @param from the revision after which changes are told, which may be still to come
     */
    WatchStream(ResourceType type, WatchOptions options, long from, Consumer<WatchEvent> listener) {
        this.type = type;
        this.labels = LabelSelector.parse(options.labelSelector());
        this.fields = FieldSelector.parse(type, options.fieldSelector());
        this.markInitial = options.sendInitialEvents() && options.bookmarks();
        this.from = from;
        this.listener = listener;
    }

    @Override
    public void initial(Snapshot snapshot) {
        for (ObjectNode object : snapshot.objects()) {
            if (matches(object)) {
                listener.accept(new WatchEvent(WatchEvent.Type.ADDED, object));
            }
        }
        if (markInitial) {
            ObjectNode bookmark = bookmark(snapshot.revision());
            Json.child(Json.child(bookmark, "metadata"), "annotations").put(INITIAL_EVENTS_END, "true");
            listener.accept(new WatchEvent(WatchEvent.Type.BOOKMARK, bookmark));
        }
    }

    @Override
    public void changed(Change change) {
        if (change.revision() <= from) {
            return;
        }
        Optional<ObjectNode> before = change.before().filter(this::matches);
        Optional<ObjectNode> after = change.after().filter(this::matches);
        if (after.isPresent()) {
            WatchEvent.Type what = before.isPresent() ? WatchEvent.Type.MODIFIED : WatchEvent.Type.ADDED;
            listener.accept(new WatchEvent(what, after.get()));
        } else if (before.isPresent()) {
            ObjectNode last = Json.shallowCopyWithMetadata(before.get());
            Json.child(last, "metadata").put("resourceVersion", Long.toString(change.revision()));
            listener.accept(new WatchEvent(WatchEvent.Type.DELETED, last));
        }
    }

    @Override
    public void lost(long oldest) {
        Failure failure = Failures.expired("too old resource version: " + oldest);
        listener.accept(new WatchEvent(WatchEvent.Type.ERROR, failure.status()));
    }

    @Override
    public void progress(long revision) {
        listener.accept(new WatchEvent(WatchEvent.Type.BOOKMARK, bookmark(revision)));
    }

    private boolean matches(ObjectNode object) {
        return labels.matches(object) && fields.matches(object);
    }

    private ObjectNode bookmark(long revision) {
        ObjectNode bookmark = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
        ObjectNode metadata = bookmark.putObject("metadata");
        metadata.put("resourceVersion", Long.toString(revision)).putNull("creationTimestamp");
        return bookmark;
    }
}
