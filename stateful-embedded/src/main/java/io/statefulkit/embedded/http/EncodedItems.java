package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The text of objects as they stand in a list, kept as long as the object is. The objects of the store never change: one
 * that is listed again need not be written again. Safe for use by many threads.
 */
final class EncodedItems {

    // What is not listed by the hundred is not worth the memory.
    private static final int MANY = 128;

    private final Map<Object, byte[]> encoded = new ConcurrentHashMap<>();
    private final ReferenceQueue<ObjectNode> gone = new ReferenceQueue<>();

    /** Says whether a list of so many objects is written faster from here. */
    static boolean pays(int items) {
        return items >= MANY;
    }

    /** Returns an object without its kind and apiVersion. */
    byte[] of(ObjectNode item) {
        for (Object key = gone.poll(); key != null; key = gone.poll()) {
            encoded.remove(key);
        }
        byte[] known = encoded.get(new Wanted(item));
        if (known != null) {
            return known;
        }
        byte[] bytes = Json.bytes(Rendering.untyped(item));
        encoded.put(new Kept(item, gone), bytes);
        return bytes;
    }

    /** One very object; it may be forgotten. */
    private static final class Kept extends WeakReference<ObjectNode> {

        private final int hash;

        Kept(ObjectNode object, ReferenceQueue<ObjectNode> gone) {
            super(object, gone);
            this.hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Wanted wanted ? refersTo(wanted.object()) : this == other;
        }
    }

    /** The very object that is asked for. */
    private record Wanted(ObjectNode object) {

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Kept kept && kept.refersTo(object);
        }
    }
}
