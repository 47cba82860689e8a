package io.statefulkit.embedded.api.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.util.Map;

/** The object whose life a token of a service account is bound to. */
final class BoundObject {

    private static final Map<String, ResourceType> KINDS =
            Map.of("Pod", ResourceCatalog.PODS, "Node", ResourceCatalog.NODES, "Secret", ResourceCatalog.SECRETS);

    private BoundObject() {}

    /** Refuses a reference to an object that is not there, is another one by now, or may not be meant. */
    static void check(ObjectStore store, ObjectNode account, ObjectNode request) {
        JsonNode reference = Json.at(request, "spec", "boundObjectRef");
        if (!reference.isObject()) {
            return;
        }
        String version = Json.text(reference, "apiVersion");
        String kind = Json.text(reference, "kind");
        // The group only has to be that of the kind: no version of it is asked for.
        ResourceType type = KINDS.get(kind);
        if (type == null || version.contains("/")) {
            throw Failures.badRequest("cannot bind token to object of type " + type(version, kind));
        }
        String name = Json.text(reference, "name");
        String namespace = type.namespaced() ? Json.text(account, "metadata", "namespace") : "";
        ObjectNode object =
                store.get(Target.key(type, namespace, name)).orElseThrow(() -> Failures.notFound(type, name));
        String owner = Json.text(account, "metadata", "name");
        if (kind.equals("Pod")
                && !Json.text(object, "spec", "serviceAccountName").equals(owner)) {
            throw Failures.badRequest("cannot bind token for serviceaccount \"" + owner
                    + "\" to pod running with different serviceaccount name.");
        }
        String uid = Json.text(reference, "uid");
        if (!uid.isEmpty() && !uid.equals(Json.text(object, "metadata", "uid"))) {
            throw Failures.boundToAnother(kind, name, uid);
        }
    }

    private static String type(String version, String kind) {
        int slash = version.indexOf('/');
        return version.substring(0, Math.max(0, slash)) + "/" + version.substring(slash + 1) + ", Kind=" + kind;
    }
}
