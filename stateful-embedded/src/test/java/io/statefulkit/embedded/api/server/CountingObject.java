package io.statefulkit.embedded.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An object that counts who looks into it. */
@SuppressWarnings("unchecked") // The generic deepCopy() of nodes is not ours.
final class CountingObject extends ObjectNode {

    private static final long serialVersionUID = 1;

    private final transient AtomicInteger touched;

    CountingObject(AtomicInteger touched) {
        super(JsonNodeFactory.instance);
        this.touched = touched;
    }

    @Override
    public JsonNode get(String field) {
        touched.incrementAndGet();
        return super.get(field);
    }

    @Override
    public JsonNode path(String field) {
        touched.incrementAndGet();
        return super.path(field);
    }

    @Override
    public Set<Map.Entry<String, JsonNode>> properties() {
        touched.incrementAndGet();
        return super.properties();
    }

    @Override
    public boolean equals(Object other) {
        touched.incrementAndGet();
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
