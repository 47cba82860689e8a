package io.statefulkit.embedded.control.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WriteOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The API server as one controller sees it: objects of now, and writes under its name. Safe for many threads. */
public final class Cluster {

    private final Api api;
    private final Clock clock;
    private final WriteOptions writes;
    private final Events events;

    /** Makes the view of a component. */
    public Cluster(Api api, Clock clock, String component) {
        this.api = api;
        this.clock = clock;
        this.writes = WriteOptions.by(component);
        this.events = new Events(api, clock, component);
    }

    /** Returns the recorder of this component's events. */
    public Events events() {
        return events;
    }

    /** Returns the port itself, for what this class has no word for. */
    public Api api() {
        return api;
    }

    /** Returns the time. */
    public Instant now() {
        return clock.instant();
    }

    /** Returns an object. */
    public Optional<Resource> find(ResourceType type, String namespace, String name) {
        return api.find(type, namespace, name).map(Resource::new);
    }

    /** Returns an object. */
    public Optional<Resource> find(ResourceType type, Key key) {
        return find(type, key.namespace(), key.name());
    }

    /** Lists the objects of a namespace; of all of them when it is empty. */
    public List<Resource> list(ResourceType type, String namespace) {
        return api.list(type, namespace, ListOptions.ALL).items().stream()
                .map(Resource::new)
                .toList();
    }

    /** Creates an object. */
    public Resource create(ResourceType type, String namespace, ObjectNode body) {
        return new Resource(api.create(type, namespace, body, writes));
    }

    /**
     * Changes an object unless it is another one by now.
     *
     * @return the object as it is then; empty when it is gone, also when there is another one of that name
     */
    public Optional<Resource> edit(ResourceType type, Resource object, Consumer<ObjectNode> change) {
        return edit(type, object, "", change);
    }

    /**
     * Changes the status of an object unless it is another one by now.
     *
     * @return the object as it is then; empty when it is gone, also when there is another one of that name
     */
    public Optional<Resource> editStatus(ResourceType type, Resource object, Consumer<ObjectNode> change) {
        return edit(type, object, "status", change);
    }

    private Optional<Resource> edit(
            ResourceType type, Resource object, String subresource, Consumer<ObjectNode> change) {
        return api.edit(
                        type,
                        object.namespace(),
                        object.name(),
                        subresource,
                        current -> {
                            if (new Resource(current).uid().equals(object.uid())) {
                                change.accept(current);
                            }
                            return current;
                        },
                        writes)
                .map(Resource::new)
                .filter(now -> now.uid().equals(object.uid()));
    }

    /** Deletes this very object in the background. Returns false when it was gone already. */
    public boolean delete(ResourceType type, Resource object) {
        return delete(type, object, "Background");
    }

    /** Deletes this very object. Returns false when it was gone already. */
    public boolean delete(ResourceType type, Resource object, String propagation) {
        try {
            api.delete(
                    type,
                    object.namespace(),
                    object.name(),
                    DeleteOptions.ofUid(object.uid()).withPropagation(propagation));
            return true;
        } catch (Failure e) {
            if (e.code() == 404 || e.code() == 409) {
                return false;
            }
            throw e;
        }
    }
}
