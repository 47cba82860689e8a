package io.statefulkit.embedded.api.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.admission.Admission;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.api.value.Timestamps;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deletes objects: at once, after a grace period, or when their finalizers are gone. */
public final class Deletions {

    private static final String ORPHAN = "orphan";
    private static final String FOREGROUND = "foregroundDeletion";

    private static final List<String> POLICIES = List.of("Foreground", "Background", "Orphan");
    /** In messages, that there need be none counts as one. */
    private static final List<String> SHOWN_POLICIES = List.of("Foreground", "Background", "Orphan", "nil");

    private static final Set<ResourceType> ANSWERED_WITH_OBJECT = Set.of(
            ResourceCatalog.PODS,
            ResourceCatalog.SERVICES,
            ResourceCatalog.PERSISTENT_VOLUMES,
            ResourceCatalog.PERSISTENT_VOLUME_CLAIMS,
            ResourceCatalog.SERVICE_ACCOUNTS,
            ResourceCatalog.NAMESPACES,
            ResourceCatalog.RESOURCE_QUOTAS,
            ResourceCatalog.STORAGE_CLASSES);

    private final ObjectStore store;
    private final Admission admission;
    private final Clock clock;

    public Deletions(ObjectStore store, Admission admission, Clock clock) {
        this.store = store;
        this.admission = admission;
        this.clock = clock;
    }

    /** Deletes one object; returns the answer for the client. */
    public ObjectNode delete(Target target, DeleteOptions options) {
        ResourceType type = target.type();
        ObjectNode deleted = deleteObject(target, options);
        boolean kept = Metadata.deleting(deleted) && !Metadata.gone(type, deleted);
        return kept || ANSWERED_WITH_OBJECT.contains(type) ? deleted : success(type, deleted);
    }

    /** Deletes one object; returns its last state. */
    public ObjectNode deleteObject(Target target, DeleteOptions options) {
        checkPolicy(options.propagationPolicy());
        Optional<ObjectNode> seen = Optional.empty();
        while (true) {
            Optional<ObjectNode> found = store.get(target.key());
            if (seen.isPresent() && !sameObject(seen.get(), found)) {
                // Somebody else finished what was begun here; a new object of that name is not to be touched.
                return seen.get();
            }
            ObjectNode current = found.orElseThrow(() -> Failures.notFound(target.type(), target.name()));
            seen = found;
            checkPreconditions(target, current, options);
            admission.delete(target.type(), target.name());
            Optional<ObjectNode> done = tryDelete(target, current, options);
            if (done.isPresent()) {
                return done.get();
            }
        }
    }

    private static boolean sameObject(ObjectNode before, Optional<ObjectNode> now) {
        String uid = Json.text(before, "metadata", "uid");
        return now.filter(object -> Json.text(object, "metadata", "uid").equals(uid))
                .isPresent();
    }

    private static void checkPolicy(String policy) {
        if (!policy.isEmpty() && !POLICIES.contains(policy)) {
            throw Failures.invalid(
                    "meta.k8s.io",
                    "DeleteOptions",
                    "",
                    List.of(Violation.unsupported("propagationPolicy", policy, SHOWN_POLICIES)));
        }
    }

    /** Refuses an object that is not the one that is meant. */
    static void checkPreconditions(Target target, ObjectNode current, DeleteOptions options) {
        String uid = Json.text(current, "metadata", "uid");
        if (!options.uid().isEmpty() && !options.uid().equals(uid)) {
            throw Failures.deleteConflict(
                    target.type(),
                    target.name(),
                    "the UID in the precondition (" + options.uid() + ") does not match the UID in record (" + uid
                            + "). The object might have been deleted and then recreated");
        }
        String revision = Json.text(current, "metadata", "resourceVersion");
        if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals(revision)) {
            throw Failures.deleteConflict(
                    target.type(),
                    target.name(),
                    "the ResourceVersion in the precondition (" + options.resourceVersion()
                            + ") does not match the ResourceVersion in record (" + revision
                            + "). The object might have been modified");
        }
    }

    private Optional<ObjectNode> tryDelete(Target target, ObjectNode current, DeleteOptions options) {
        ResourceType type = target.type();
        ObjectNode next = Json.shallowCopyWithMetadata(current);
        ObjectNode metadata = Json.child(next, "metadata");
        boolean stays = setFinalizers(type, metadata, options);
        long grace = grace(type, current, options);
        mark(type, current, next, grace);
        if (type.equals(ResourceCatalog.NAMESPACES)) {
            ObjectNode status = current.path("status") instanceof ObjectNode old ? old.deepCopy() : Json.object();
            next.set("status", status.put("phase", "Terminating"));
            stays |= !Json.at(next, "spec", "finalizers").isEmpty();
        }
        if (options.dryRun()) {
            return Optional.of(next);
        }
        if (stays || grace > 0) {
            return store.replace(target.key(), current, next);
        }
        if (type.equals(ResourceCatalog.PODS)) {
            Optional<ObjectNode> marked = store.replace(target.key(), current, next);
            return marked.flatMap(pod -> remove(target, pod));
        }
        return remove(target, current);
    }

    private Optional<ObjectNode> remove(Target target, ObjectNode current) {
        return store.remove(target.key(), current).map(removed -> admission.removed(target.type(), removed));
    }

    /** Sets the deletion timestamp and grace period, once or shorter than before. */
    private void mark(ResourceType type, ObjectNode current, ObjectNode next, long grace) {
        ObjectNode metadata = Json.child(next, "metadata");
        Instant now = clock.instant();
        if (Metadata.deleting(current)) {
            long before =
                    Json.at(current, "metadata", "deletionGracePeriodSeconds").asLong(0);
            if (grace < before) {
                Instant asked = Instant.parse(Json.text(current, "metadata", "deletionTimestamp"))
                        .minusSeconds(before);
                Instant end = asked.plusSeconds(grace);
                metadata.put("deletionTimestamp", Timestamps.format(end.isBefore(now) ? now : end));
                metadata.put("deletionGracePeriodSeconds", grace);
            }
            return;
        }
        metadata.put("deletionTimestamp", Timestamps.format(now.plusSeconds(grace)));
        if (!type.equals(ResourceCatalog.NAMESPACES)) {
            metadata.put("deletionGracePeriodSeconds", grace);
        }
        if (type.generation()) {
            metadata.put("generation", metadata.path("generation").asLong(0) + 1);
        }
    }

    private static long grace(ResourceType type, ObjectNode current, DeleteOptions options) {
        if (!type.equals(ResourceCatalog.PODS)) {
            return 0;
        }
        // What goes already goes no sooner than it was told to, unless somebody asks for that.
        boolean deleting = Metadata.deleting(current);
        String phase = Json.text(current, "status", "phase");
        boolean over = phase.equals("Succeeded") || phase.equals("Failed");
        if (!deleting && (over || Json.text(current, "spec", "nodeName").isEmpty())) {
            return 0;
        }
        long wanted = options.gracePeriodSeconds().isPresent()
                ? options.gracePeriodSeconds().getAsInt()
                : Json.at(current, "spec", "terminationGracePeriodSeconds").asLong(30);
        wanted = wanted < 0 ? 1 : wanted;
        if (!deleting) {
            return wanted;
        }
        long before = Json.at(current, "metadata", "deletionGracePeriodSeconds").asLong(0);
        boolean shorter = options.gracePeriodSeconds().isPresent() && wanted < before;
        return shorter ? wanted : before;
    }

    /** Sets the finalizers that the propagation policy asks for; returns whether any keep the object. */
    private static boolean setFinalizers(ResourceType type, ObjectNode metadata, DeleteOptions options) {
        List<String> finalizers = new ArrayList<>();
        for (JsonNode finalizer : metadata.path("finalizers")) {
            finalizers.add(finalizer.asText());
        }
        String policy = options.propagationPolicy();
        if (policy.isEmpty() && finalizers.stream().noneMatch(name -> name.equals(ORPHAN) || name.equals(FOREGROUND))) {
            policy = type.equals(ResourceCatalog.JOBS) ? "Orphan" : "Background";
        }
        if (!policy.isEmpty()) {
            finalizers.removeAll(List.of(ORPHAN, FOREGROUND));
        }
        if (policy.equals("Orphan")) {
            finalizers.add(ORPHAN);
        } else if (policy.equals("Foreground")) {
            finalizers.add(FOREGROUND);
        }
        metadata.remove("finalizers");
        if (!finalizers.isEmpty()) {
            ArrayNode list = metadata.putArray("finalizers");
            finalizers.forEach(list::add);
        }
        return !finalizers.isEmpty();
    }

    private static ObjectNode success(ResourceType type, ObjectNode object) {
        ObjectNode status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Success");
        ObjectNode details = status.putObject("details");
        details.put("name", Json.text(object, "metadata", "name"));
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.plural()).put("uid", Json.text(object, "metadata", "uid"));
        return status;
    }
}
