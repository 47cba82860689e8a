package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a LIST found.
 *
 * @param revision the revision it was read at
 * @param items the objects, with kind and apiVersion
 * @param continueToken where to go on, or empty
 * @param remaining how many more there are, when that is told
 */
public record Page(long revision, List<ObjectNode> items, String continueToken, OptionalLong remaining) {
    public Page {
        items = List.copyOf(items);
    }
}
