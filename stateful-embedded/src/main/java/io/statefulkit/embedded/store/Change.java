package io.statefulkit.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step of the history: an object came, changed or went. The trees are shared and must not be modified. */
public final class Change {

    private final long revision;
    private final ObjectKey key;
    private final @Nullable ObjectNode before;
    private final @Nullable ObjectNode after;

    Change(long revision, ObjectKey key, @Nullable ObjectNode before, @Nullable ObjectNode after) {
        this.revision = revision;
        this.key = key;
        this.before = before;
        this.after = after;
    }

    /** Returns the revision that the store had after this change. */
    public long revision() {
        return revision;
    }

    /** Returns which object it was. */
    public ObjectKey key() {
        return key;
    }

    /** Returns the object as it was, or empty when it is new. */
    public Optional<ObjectNode> before() {
        return Optional.ofNullable(before);
    }

    /** Returns the object as it is now, or empty when it is gone. */
    public Optional<ObjectNode> after() {
        return Optional.ofNullable(after);
    }
}
