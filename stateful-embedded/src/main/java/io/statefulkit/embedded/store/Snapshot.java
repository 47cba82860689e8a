package io.statefulkit.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What was there at one revision.
 *
 * @param revision the revision of the store
 * @param objects the objects, by namespace and name; they are shared and must not be modified
 */
public record Snapshot(long revision, List<ObjectNode> objects) {
    public Snapshot {
        objects = List.copyOf(objects);
    }
}
