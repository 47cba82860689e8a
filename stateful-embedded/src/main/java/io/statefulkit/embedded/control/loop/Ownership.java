package io.statefulkit.embedded.control.loop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Who controls what: finds an owner's objects, adopts orphans and lets go of what no longer matches. */
public final class Ownership {

    private final Cluster cluster;
    private final ResourceType ownerType;
    private final Optional<String> finalizer;

    /** Makes the rules for owners of one kind. */
    public Ownership(Cluster cluster, ResourceType ownerType) {
        this(cluster, ownerType, Optional.empty());
    }

    /** Makes the rules for owners of one kind, whose objects have a finalizer as long as they are theirs. */
    public Ownership(Cluster cluster, ResourceType ownerType, Optional<String> finalizer) {
        this.cluster = cluster;
        this.ownerType = ownerType;
        this.finalizer = finalizer;
    }

    /** Returns the reference that makes {@code owner} the controller of an object. */
    public static ObjectNode controllerRef(Resource owner) {
        return Json.object()
                .put("apiVersion", owner.apiVersion())
                .put("kind", owner.kind())
                .put("name", owner.name())
                .put("uid", owner.uid())
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }

    /**
     * Returns the objects that {@code owner} controls after adopting orphans that match and releasing what does not.
     *
     * @param type the kind of the objects
     * @param candidates all objects of the owner's namespace
     * @param matches whether an object fits the owner
     */
    public List<Resource> claim(
            Resource owner, ResourceType type, List<Resource> candidates, Predicate<Resource> matches) {
        List<Resource> owned = new ArrayList<>();
        for (Resource candidate : candidates) {
            if (candidate.controlledBy(owner.uid())) {
                if (matches.test(candidate)) {
                    owned.add(candidate);
                } else if (!owner.deleting()) {
                    release(type, owner, candidate);
                }
            } else if (adoptable(owner, candidate) && matches.test(candidate)) {
                adopt(type, owner, candidate).ifPresent(owned::add);
            }
        }
        return owned;
    }

    /** Removes the references to owners with this uid. */
    public static void removeOwner(ObjectNode object, String uid) {
        ArrayNode kept = Json.object().arrayNode();
        JsonNode metadata = object.path("metadata");
        metadata.path("ownerReferences").forEach(ref -> {
            if (!ref.path("uid").asText().equals(uid)) {
                kept.add(ref);
            }
        });
        if (kept.isEmpty()) {
            ((ObjectNode) metadata).remove("ownerReferences");
        } else {
            ((ObjectNode) metadata).set("ownerReferences", kept);
        }
    }

    private static boolean adoptable(Resource owner, Resource candidate) {
        return !owner.deleting()
                && !candidate.deleting()
                && candidate.controller().isEmpty();
    }

    private void release(ResourceType type, Resource owner, Resource object) {
        cluster.edit(type, object, current -> {
            removeOwner(current, owner.uid());
            finalizer.ifPresent(each -> Trees.removeFinalizer(current, each));
        });
    }

    private Optional<Resource> adopt(ResourceType type, Resource owner, Resource orphan) {
        boolean alive = cluster.find(ownerType, owner.key())
                .filter(now -> now.uid().equals(owner.uid()) && !now.deleting())
                .isPresent();
        if (!alive) {
            return Optional.empty();
        }
        return cluster.edit(type, orphan, current -> {
                    if (new Resource(current).controller().isEmpty()) {
                        Trees.metadata(current).withArray("ownerReferences").add(controllerRef(owner));
                        finalizer.ifPresent(each -> Trees.addFinalizer(current, each));
                    }
                })
                .filter(now -> now.controlledBy(owner.uid()));
    }
}
