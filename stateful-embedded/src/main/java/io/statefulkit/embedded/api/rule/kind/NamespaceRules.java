package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** Namespaces. */
final class NamespaceRules implements KindRules {

    static final String NAME_LABEL = "kubernetes.io/metadata.name";

    @Override
    public void defaults(ObjectNode namespace) {
        String name = Json.text(namespace, "metadata", "name");
        if (!name.isEmpty()) {
            Json.child(Json.child(namespace, "metadata"), "labels").put(NAME_LABEL, name);
        }
    }

    @Override
    public void prepareCreate(ObjectNode namespace) {
        defaults(namespace); // A generated name is known only now.
        namespace.putObject("spec").putArray("finalizers").add("kubernetes");
        namespace.putObject("status").put("phase", "Active");
    }

    @Override
    public void prepareUpdate(ObjectNode old, ObjectNode next) {
        next.set("spec", old.path("spec"));
    }

    @Override
    public List<String> nameProblems(String name) {
        return NameRules.label(name);
    }
}
