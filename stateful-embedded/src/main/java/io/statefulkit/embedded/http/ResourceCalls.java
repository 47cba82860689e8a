package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Page;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.read.Revisions;
import io.statefulkit.embedded.http.table.Tables;

/** Answers the calls that read and write objects. Blocks; runs on worker threads. */
final class ResourceCalls {

    private final Api api;
    private final Tables tables;
    private final EncodedItems items = new EncodedItems();
    private final ListedBefore before;

    ResourceCalls(Api api, Tables tables, ListedBefore before) {
        this.before = before;
        this.api = api;
        this.tables = tables;
    }

    Answer answer(Target target, Call call) {
        if (!target.subresource().isEmpty()) {
            return ofSubresource(target, call);
        }
        boolean collection = target.name().isEmpty();
        return switch (call.method()) {
            case "GET", "HEAD" -> collection ? list(target, call) : get(target, call);
            case "POST" -> {
                require(collection
                        && (!target.type().namespaced() || !target.namespace().isEmpty()));
                yield create(target, call);
            }
            case "PUT" -> {
                require(!collection);
                yield update(target, call);
            }
            case "PATCH" -> {
                require(!collection);
                yield patch(target, call);
            }
            case "DELETE" -> collection ? deleteCollection(target, call) : delete(target, call);
            default -> throw Refusal.methodNotAllowed();
        };
    }

    private Answer ofSubresource(Target target, Call call) {
        Subresource sub = Subresource.of(target.type(), target.subresource()).orElseThrow(Refusal::noSuchSubresource);
        String verb = switch (call.method()) {
            case "GET", "HEAD" -> "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            default -> "none";
        };
        require(sub.verbs().contains(verb));
        return switch (verb) {
            case "get" ->
                Answer.json(
                        200,
                        api.getSubresource(target.type(), target.namespace(), target.name(), target.subresource()));
            case "create" ->
                Answer.json(
                        201,
                        api.post(
                                target.type(),
                                target.namespace(),
                                target.name(),
                                target.subresource(),
                                Bodies.object(call, sub.kind()),
                                CallOptions.write(call, "CreateOptions")));
            case "update" -> update(target, call);
            default -> patch(target, call);
        };
    }

    private Answer list(Target target, Call call) {
        Rendering rendering = rendering(target, call);
        Page page = api.list(target.type(), target.namespace(), CallOptions.list(call.query()));
        return Answer.json(200, "application/json", rendering.list(page, items, before));
    }

    private Answer get(Target target, Call call) {
        Rendering rendering = rendering(target, call);
        Revisions.requireReached(Revisions.of(call.query().text("resourceVersion")), api.revision());
        return Answer.json(200, rendering.one(api.get(target.type(), target.namespace(), target.name())));
    }

    private Answer create(Target target, Call call) {
        WriteOptions options = CallOptions.write(call, "CreateOptions");
        ObjectNode body = Bodies.object(call, target.type().kind());
        return Answer.json(201, api.create(target.type(), target.namespace(), body, options));
    }

    private Answer update(Target target, Call call) {
        WriteOptions options = CallOptions.write(call, "UpdateOptions");
        ObjectNode body = Bodies.object(call, target.type().kind());
        // Of most kinds, what is missing is refused now.
        boolean creates = isMissing(target);
        ObjectNode result =
                api.update(target.type(), target.namespace(), target.name(), target.subresource(), body, options);
        return Answer.json(creates ? 201 : 200, result);
    }

    private Answer patch(Target target, Call call) {
        PatchType type = patchType(call.contentType());
        WriteOptions options = CallOptions.write(call, "PatchOptions");
        if (options.force() && type != PatchType.APPLY) {
            throw Refusal.invalidOptions(
                    "PatchOptions",
                    "FieldValueForbidden",
                    "force",
                    "Forbidden: may not be specified for non-apply patch");
        }
        var body =
                Bodies.patch(call.body(), type == PatchType.APPLY, target.type().kind());
        boolean creates = type == PatchType.APPLY && isMissing(target);
        ObjectNode result =
                api.patch(target.type(), target.namespace(), target.name(), target.subresource(), type, body, options);
        return Answer.json(creates ? 201 : 200, result);
    }

    private Answer delete(Target target, Call call) {
        return Answer.json(200, api.delete(target.type(), target.namespace(), target.name(), CallOptions.delete(call)));
    }

    private Answer deleteCollection(Target target, Call call) {
        // Namespaces are deleted one by one, as on a real server.
        require(!target.type().equals(ResourceCatalog.NAMESPACES)
                && (!target.type().namespaced() || !target.namespace().isEmpty()));
        ObjectNode deleted = api.deleteCollection(
                target.type(), target.namespace(), CallOptions.selection(call.query()), CallOptions.delete(call));
        return Answer.json(200, Rendering.deleted(deleted));
    }

    private boolean isMissing(Target target) {
        return api.find(target.type(), target.namespace(), target.name()).isEmpty();
    }

    private Rendering rendering(Target target, Call call) {
        return new Rendering(target.type(), Form.of(call.accept()), tables);
    }

    private static PatchType patchType(String contentType) {
        if (contentType.equals("application/apply-patch+json")) {
            return PatchType.APPLY;
        }
        for (PatchType type : PatchType.values()) {
            if (type.contentType().equals(contentType)) {
                return type;
            }
        }
        throw Refusal.unknownPatch();
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw Refusal.methodNotAllowed();
        }
    }
}
