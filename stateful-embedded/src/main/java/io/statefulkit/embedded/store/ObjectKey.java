package io.statefulkit.embedded.store;

import java.util.Comparator;

/**
 * Where an object is kept.
 *
 * @param resource the qualified resource, such as {@code statefulsets.apps}
 * @param namespace the namespace, empty for objects of the cluster
 * @param name the name
 */
public record ObjectKey(String resource, String namespace, String name) implements Comparable<ObjectKey> {

    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::resource)
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }
}
