package io.statefulkit.embedded.api.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.value.Conditions;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.api.value.Timestamps;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** What is posted to pods to move them: evictions. */
public final class PodPosts {

    private final ObjectStore store;
    private final Writes writes;
    private final Deletions deletions;
    private final Clock clock;

    public PodPosts(ObjectStore store, Writes writes, Deletions deletions, Clock clock) {
        this.store = store;
        this.writes = writes;
        this.deletions = deletions;
        this.clock = clock;
    }

    public ObjectNode evict(Target target, ObjectNode eviction, WriteOptions asked) {
        String name = Json.text(eviction, "metadata", "name");
        if (!name.equals(target.name())) {
            throw Failures.badRequest("name in URL does not match name in Eviction object");
        }
        WriteOptions options = withDryRunOf(eviction, asked);
        ObjectNode pod = store.get(target.key()).orElseThrow(() -> Failures.notFound(target.type(), target.name()));
        DisruptionBudgets.check(store, pod).ifPresent(budget -> countDisruption(target, budget, options));
        DeleteOptions deletion = deleteOptions(eviction, options);
        boolean marked = !options.dryRun() && !Metadata.deleting(pod);
        deletions.deleteObject(target, marked ? markDisrupted(target, deletion, options) : deletion);
        return success();
    }

    /** Whether it is a rehearsal, clients such as {@code kubectl drain} say in the eviction and not in the request. */
    private static WriteOptions withDryRunOf(ObjectNode eviction, WriteOptions asked) {
        boolean dryRun =
                Json.texts(Json.at(eviction, "deleteOptions", "dryRun")).contains("All");
        return new WriteOptions(asked.fieldManager(), asked.dryRun() || dryRun, asked.force(), asked.validation());
    }

    /** Takes one disruption from a budget, unless another eviction took the last one in between. */
    private void countDisruption(Target target, String budget, WriteOptions options) {
        Target status = new Target(ResourceCatalog.POD_DISRUPTION_BUDGETS, target.namespace(), budget, "status");
        UnaryOperator<ObjectNode> change = old -> {
            DisruptionBudgets.refuseIfSpent(old);
            ObjectNode changed = Json.child(old, "status");
            int left = changed.path("disruptionsAllowed").asInt() - 1;
            changed.put("disruptionsAllowed", left);
            if (left == 0) {
                Conditions.set(changed, "DisruptionAllowed", "False", "InsufficientPods", "", clock);
            }
            Json.child(changed, "disruptedPods").put(target.name(), Timestamps.now(clock));
            return old;
        };
        // A budget that is gone by now allows everything.
        writes.edit(status, change, options);
    }

    /** Notes the reason on the pod that is meant; returns how to delete it as it is then. */
    private DeleteOptions markDisrupted(Target target, DeleteOptions deletion, WriteOptions options) {
        Target status = new Target(target.type(), target.namespace(), target.name(), "status");
        UnaryOperator<ObjectNode> change = old -> {
            Deletions.checkPreconditions(target, old, deletion);
            Conditions.set(
                    Json.child(old, "status"),
                    "DisruptionTarget",
                    "True",
                    "EvictionByEvictionAPI",
                    "Eviction API: evicting",
                    clock);
            return old;
        };
        ObjectNode marked =
                writes.edit(status, change, options).orElseThrow(() -> Failures.notFound(target.type(), target.name()));
        return deletion.resourceVersion().isEmpty()
                ? deletion
                : new DeleteOptions(
                        deletion.gracePeriodSeconds(),
                        deletion.propagationPolicy(),
                        deletion.uid(),
                        Json.text(marked, "metadata", "resourceVersion"),
                        deletion.dryRun());
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

    /** Returns the answer to what was done. */
    static ObjectNode success() {
        ObjectNode status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        return status.put("status", "Success").put("code", 201);
    }
}
