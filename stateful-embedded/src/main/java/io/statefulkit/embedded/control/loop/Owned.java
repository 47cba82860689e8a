package io.statefulkit.embedded.control.loop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Which owners of one kind a change of something they own is about. Safe for many threads. */
public final class Owned {

    private final String kind;
    private final Map<Key, Resource> owners = new ConcurrentHashMap<>();

    /** Makes it for owners of a kind. */
    public Owned(String kind) {
        this.kind = kind;
    }

    /** Queues the owner that changed, or the owners that a change of something else is about. */
    public void changed(Change change, Consumer<Key> queue) {
        if (change.type().kind().equals(kind)) {
            owner(change);
            queue.accept(change.after().key());
        } else {
            dependent(change, queue);
        }
    }

    private void owner(Change change) {
        if (change.deleted()) {
            owners.remove(change.after().key());
        } else {
            owners.put(change.after().key(), change.after());
        }
    }

    /** Returns the owners of a namespace. */
    public Stream<Key> inNamespace(String namespace) {
        return owners.keySet().stream().filter(key -> key.namespace().equals(namespace));
    }

    /** The owners that control the object, did so before, or could adopt it. */
    private void dependent(Change change, Consumer<Key> queue) {
        controllers(change.before(), queue);
        boolean orphan = !controllers(change.after(), queue);
        if (orphan && !change.deleted()) {
            owners.values().stream()
                    .filter(owner -> owner.namespace().equals(change.after().namespace()))
                    .filter(owner -> Selector.matches(owner.spec().path("selector"), change.after()))
                    .forEach(owner -> queue.accept(owner.key()));
        }
    }

    private boolean controllers(Resource object, Consumer<Key> queue) {
        for (OwnerRef owner : object.owners()) {
            if (owner.controller()) {
                if (owner.kind().equals(kind)) {
                    queue.accept(new Key(object.namespace(), owner.name()));
                }
                return true;
            }
        }
        return false;
    }
}
