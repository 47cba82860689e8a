package io.statefulkit.embedded.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.api.value.Timestamps;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.schema.Struct;
import io.statefulkit.embedded.schema.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Server-side apply: merges a configuration, prunes what its manager no longer lists, finds conflicts with others. */
public final class Apply {

    private final Target target;
    private final ObjectNode configuration;
    private final WriteOptions options;
    private final Clock clock;
    private final Struct struct;
    private final FieldOwner owner;

    public Apply(Target target, JsonNode patch, WriteOptions options, Clock clock) {
        this.target = target;
        this.options = options;
        this.clock = clock;
        this.struct = Types.all().of(target.type().kind());
        this.configuration = ApplyConfiguration.check(target, patch, options);
        this.owner =
                new FieldOwner(options.fieldManager(), "Apply", target.type().apiVersion(), target.subresource());
    }

    /** Returns the configuration, to create the object when there is none. */
    public ObjectNode created() {
        ObjectNode object = configuration.deepCopy();
        ManagedFields managed = new ManagedFields();
        managed.set(owner, owned(), Timestamps.now(clock));
        managed.writeTo(Json.child(object, "metadata"));
        return object;
    }

    /** Returns the object with the configuration applied and its managed fields set. */
    public ObjectNode apply(ObjectNode live) {
        ManagedFields managed = ManagedFields.of(live);
        if (managed.isEmpty()) {
            FieldOwner before =
                    new FieldOwner("before-first-apply", "Update", target.type().apiVersion(), "");
            managed.set(before, OwnedFields.of(struct, live), Json.text(live, "metadata", "creationTimestamp"));
        }
        FieldSet last = managed.of(owner);
        FieldSet now = owned();
        ObjectNode merged = (ObjectNode) ApplyMerge.merge(struct, live, configuration);
        FieldSet kept = now;
        for (Map.Entry<FieldOwner, FieldSet> other : managed.sets().entrySet()) {
            kept = other.getKey().equals(owner) ? kept : kept.union(other.getValue());
        }
        ObjectNode next = ApplyMerge.prune(struct, merged, last, kept);
        FieldSet changed = OwnedFields.strip(new Comparison(struct, live, next).changed());
        refuseConflicts(managed, changed);
        managed.takeFromOthers(owner, changed);
        managed.set(owner, now, Timestamps.now(clock));
        managed.writeTo(Json.child(next, "metadata"));
        return next;
    }

    private FieldSet owned() {
        FieldSet owned = OwnedFields.of(struct, configuration);
        FieldSet reset = FieldSet.empty();
        if (target.subresource().equals("status")) {
            reset.child("f:spec").addSelf();
        } else if (target.type().status()) {
            reset.child("f:status").addSelf();
        }
        return owned.minusBelow(reset);
    }

    private void refuseConflicts(ManagedFields managed, FieldSet changed) {
        if (options.force()) {
            return;
        }
        Map<String, List<String>> paths = new java.util.LinkedHashMap<>();
        managed.sets().forEach((other, fields) -> {
            if (!other.equals(owner)) {
                String who = other.describe(managed.time(other));
                fields.intersection(changed)
                        .forEachPath(
                                "",
                                path -> paths.computeIfAbsent(who, key -> new ArrayList<>())
                                        .add(path));
            }
        });
        if (!paths.isEmpty()) {
            throw ApplyConflicts.failure(paths);
        }
    }
}
