package io.statefulkit.embedded.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.apply.Apply;
import io.statefulkit.embedded.api.decode.Body;
import io.statefulkit.embedded.api.patch.PatchedBody;
import io.statefulkit.embedded.api.patch.Patches;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.api.write.Subresources;
import io.statefulkit.embedded.api.write.Writes;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What clients send to change an object: all of it, a patch, or a configuration to apply. */
final class Changes {

    private static final Set<ResourceType> CREATED_BY_UPDATE = Set.of(
            ResourceCatalog.SERVICES,
            ResourceCatalog.ENDPOINTS,
            ResourceCatalog.EVENTS,
            ResourceCatalog.LEASES,
            ResourceCatalog.LIMIT_RANGES,
            ResourceCatalog.ROLES,
            ResourceCatalog.ROLE_BINDINGS,
            ResourceCatalog.CLUSTER_ROLES,
            ResourceCatalog.CLUSTER_ROLE_BINDINGS);

    private final Writes writes;
    private final NamespaceContents contents;
    private final Clock clock;

    Changes(Writes writes, NamespaceContents contents, Clock clock) {
        this.writes = writes;
        this.contents = contents;
        this.clock = clock;
    }

    ObjectNode update(Target target, ObjectNode body, WriteOptions options) {
        ResourceType type = target.type();
        String subresource = target.subresource();
        Subresources.check(type, subresource);
        ObjectNode decoded = Body.decode(Subresources.written(type, subresource), body, options.validation());
        checkName(target, Json.text(decoded, "metadata", "name"));
        if (!subresource.equals("scale")) {
            Body.checkNamespace(type, target.namespace(), decoded);
        }
        Optional<ObjectNode> updated = writes.modify(target, old -> decoded.deepCopy(), options);
        if (updated.isEmpty() && subresource.isEmpty() && CREATED_BY_UPDATE.contains(type)) {
            return contents.fill(type, writes.create(type, target.namespace(), decoded, options), options);
        }
        return Subresources.view(subresource, updated.orElseThrow(() -> Failures.notFound(type, target.name())));
    }

    private static void checkName(Target target, String named) {
        if (named.isEmpty()) {
            throw Failures.badRequest("the name of the object (" + target.name()
                    + " based on URL) was undeterminable: name must be provided");
        }
        target.checkName(named);
    }

    ObjectNode patch(Target target, PatchType patchType, JsonNode patch, WriteOptions options) {
        String subresource = target.subresource();
        Subresources.check(target.type(), subresource);
        if (patchType == PatchType.APPLY) {
            return apply(target, patch, options);
        }
        ResourceType kind = Subresources.written(target.type(), subresource);
        UnaryOperator<ObjectNode> change =
                old -> PatchedBody.decode(kind, patchType, patch, Patches.apply(patchType, old, patch), options);
        ObjectNode written = writes.modify(target, change, options)
                .orElseThrow(() -> Failures.notFound(target.type(), target.name()));
        return Subresources.view(subresource, written);
    }

    private ObjectNode apply(Target target, JsonNode patch, WriteOptions options) {
        if (target.subresource().equals("scale")) {
            throw Failures.unsupportedPatch();
        }
        Apply apply = new Apply(target, patch, options, clock);
        UnaryOperator<ObjectNode> change =
                live -> Body.decode(target.type(), apply.apply(live), WriteOptions.Validation.IGNORE);
        Optional<ObjectNode> applied = writes.apply(target, change, options);
        if (applied.isPresent()) {
            return applied.get();
        }
        if (!target.subresource().isEmpty()) {
            throw Failures.notFound(target.type(), target.name());
        }
        ObjectNode object = apply.created();
        Json.child(object, "metadata").put("name", target.name());
        ObjectNode created = writes.createApplied(target.type(), target.namespace(), object, options);
        return contents.fill(target.type(), created, options);
    }
}
