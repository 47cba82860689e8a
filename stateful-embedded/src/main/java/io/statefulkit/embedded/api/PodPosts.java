package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.Optional;
import java.util.OptionalInt;

/** What is posted to pods: bindings and evictions. */
final class PodPosts {

    private final Writes writes;
    private final Deletions deletions;
    private final java.time.Clock clock;

    PodPosts(Writes writes, Deletions deletions, java.time.Clock clock) {
        this.writes = writes;
        this.deletions = deletions;
        this.clock = clock;
    }

    ObjectNode bind(Target target, ObjectNode binding, WriteOptions options) {
        String node = Json.text(binding, "target", "name");
        Target pod = new Target(target.type(), target.namespace(), target.name(), "binding");
        Optional<ObjectNode> bound = writes.modify(
                pod,
                old -> {
                    String current = Json.text(old, "spec", "nodeName");
                    if (!current.isEmpty()) {
                        throw Failures.conflict(
                                target.type(),
                                target.name(),
                                "pod " + target.name() + " is already assigned to node \"" + current + "\"");
                    }
                    ObjectNode next = old.deepCopy();
                    Json.child(next, "spec").put("nodeName", node);
                    Conditions.set(Json.child(next, "status"), "PodScheduled", "True", "", "", clock);
                    return next;
                },
                options);
        if (bound.isEmpty()) {
            throw Failures.notFound(target.type(), target.name());
        }
        return success();
    }

    ObjectNode evict(Target target, ObjectNode eviction, WriteOptions options) {
        String name = Json.text(eviction, "metadata", "name");
        if (!name.isEmpty() && !name.equals(target.name())) {
            throw Failures.badRequest(
                    "name in URL does not match name in Eviction object: " + target.name() + " != " + name);
        }
        DeleteOptions delete = deleteOptions(eviction, options);
        deletions.deleteObject(target, delete);
        return success();
    }

    private static DeleteOptions deleteOptions(ObjectNode eviction, WriteOptions options) {
        OptionalInt grace =
                Json.at(eviction, "deleteOptions", "gracePeriodSeconds").isInt()
                        ? OptionalInt.of(Json.at(eviction, "deleteOptions", "gracePeriodSeconds")
                                .asInt())
                        : OptionalInt.empty();
        return new DeleteOptions(
                grace,
                Json.text(eviction, "deleteOptions", "propagationPolicy"),
                Json.text(eviction, "deleteOptions", "preconditions", "uid"),
                Json.text(eviction, "deleteOptions", "preconditions", "resourceVersion"),
                options.dryRun());
    }

    private static ObjectNode success() {
        ObjectNode status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        return status.put("status", "Success").put("code", 201);
    }
}
