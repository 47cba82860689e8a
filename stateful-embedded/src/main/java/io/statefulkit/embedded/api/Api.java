package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Everything that can be asked of the API server. HTTP, controllers and the node all use this port, with no back door.
 *
 * <p>Safe for use by many threads. What is returned is a snapshot that must not be modified: copy it first. Every method
 * throws {@link Failure} with a Kubernetes {@code Status} when the request is refused.
 */
public interface Api {

    /** Returns the kinds that are served. */
    ResourceCatalog catalog();

    /** Returns the object; 404 when there is none. */
    ObjectNode get(ResourceType type, String namespace, String name);

    /** Returns the object, or empty when there is none. */
    Optional<ObjectNode> find(ResourceType type, String namespace, String name);

    /** Returns the revision of the last write. */
    long revision();

    /** Lists objects, sorted by namespace and name; an empty namespace means all of them. */
    Page list(ResourceType type, String namespace, ListOptions options);

    /** Creates an object; admission, defaults and validation apply. */
    ObjectNode create(ResourceType type, String namespace, ObjectNode body, WriteOptions options);

    /**
     * Replaces an object (PUT).
     *
     * @param subresource empty for the object itself, else {@code status}, {@code scale}, {@code finalize} ...
     */
    ObjectNode update(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            ObjectNode body,
            WriteOptions options);

    /** Patches an object; see {@link PatchType}. */
    ObjectNode patch(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            PatchType patchType,
            JsonNode patch,
            WriteOptions options);

    /**
     * Reads, changes and writes in a loop until no other writer came between; the way controllers and the node write.
     *
     * @param change given a copy it may modify; returning it unchanged writes nothing
     * @return the stored object, or empty when there is no such object
     */
    Optional<ObjectNode> edit(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            UnaryOperator<ObjectNode> change,
            WriteOptions options);

    /** Deletes one object; returns what the API server answers: the object, or a {@code Status}. */
    ObjectNode delete(ResourceType type, String namespace, String name, DeleteOptions options);

    /** Deletes what the selectors of {@code list} match; returns the list of what was there. */
    ObjectNode deleteCollection(ResourceType type, String namespace, ListOptions list, DeleteOptions options);

    /** Answers POST on a subresource that is no object of its own: {@code eviction}, {@code binding}, {@code token}. */
    ObjectNode post(
            ResourceType type,
            String namespace,
            String name,
            String subresource,
            ObjectNode body,
            WriteOptions options);

    /** Whether a token is that of a service account; whoever has one may do everything. */
    default boolean acceptsToken(String token) {
        return false;
    }

    /** Reads a subresource: {@code scale}, {@code status}. */
    ObjectNode getSubresource(ResourceType type, String namespace, String name, String subresource);

    /**
     * Watches from a revision. Events arrive in order of revision on a thread of the API server, one at a time for each
     * watch; the listener must not block for long.
     *
     * @throws Failure 410 when the revision is older than the history that is kept
     */
    Watch watch(ResourceType type, String namespace, WatchOptions options, Consumer<WatchEvent> listener);

    /** A running watch; closing it is idempotent and no event arrives after that. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
