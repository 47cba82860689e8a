package io.statefulkit.embedded.api.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.decode.ExplicitNulls;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.api.value.Timestamps;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.schema.Struct;
import io.statefulkit.embedded.schema.Types;
import java.time.Clock;

/** Keeps track of who changed which field by creating and updating. */
public final class Ownership {

    private final Clock clock;
    private final ExplicitNulls nulls;

    public Ownership(Clock clock, ExplicitNulls nulls) {
        this.clock = clock;
        this.nulls = nulls;
    }

    /** Gives the creator all fields of a new object. */
    public void created(ResourceType type, ObjectNode object, WriteOptions options) {
        ObjectNode metadata = Json.child(object, "metadata");
        metadata.remove("managedFields");
        // What an empty object shows, nobody has set.
        ObjectNode nothing = Json.object();
        nulls.fill(type, nothing);
        updated(new Target(type, "", "", ""), nothing, object, new ManagedFields(), options);
    }

    /** Gives the writer the fields that an update changes; an object that nobody tracks stays so. */
    public void updated(Target target, ObjectNode old, ObjectNode next, WriteOptions options) {
        ObjectNode metadata = Json.child(next, "metadata");
        boolean reset = metadata.path("managedFields").size() == 1
                && metadata.path("managedFields").path(0).isEmpty();
        if (reset) {
            metadata.remove("managedFields");
            return;
        }
        ManagedFields managed = ManagedFields.of(next);
        if (managed.isEmpty() || !target.subresource().isEmpty()) {
            managed = ManagedFields.of(old);
        }
        if (!managed.isEmpty()) {
            updated(target, old, next, managed, options);
        }
    }

    private void updated(Target target, ObjectNode old, ObjectNode next, ManagedFields managed, WriteOptions options) {
        Struct struct = Types.all().of(target.type().kind());
        Comparison comparison = new Comparison(struct, old, next);
        FieldSet changed = OwnedFields.strip(comparison.changed());
        if (target.subresource().isEmpty() && target.type().status()) {
            FieldSet status = FieldSet.empty();
            status.child("f:status").addSelf();
            changed = changed.minusBelow(status);
        }
        FieldOwner owner = new FieldOwner(
                options.fieldManager().isEmpty() ? "unknown" : options.fieldManager(),
                "Update",
                target.type().apiVersion(),
                target.subresource());
        managed.takeFromOthers(owner, changed.union(comparison.removed()));
        FieldSet owned = managed.of(owner).union(changed).minus(comparison.removed());
        managed.set(owner, owned, Timestamps.now(clock));
        managed.writeTo(Json.child(next, "metadata"));
    }
}
