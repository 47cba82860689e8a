package io.statefulkit.embedded.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.decode.Decoder;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.schema.Types;
import java.util.ArrayList;
import java.util.List;

/** Checks what a client applies before anything is merged. */
final class ApplyConfiguration {

    private ApplyConfiguration() {}

    /** Returns the configuration as a copy that may be modified. */
    static ObjectNode check(Target target, JsonNode patch, WriteOptions options) {
        if (options.fieldManager().isEmpty()) {
            throw Failures.invalid(
                    "meta.k8s.io",
                    "PatchOptions",
                    "",
                    List.of(Violation.required("fieldManager", "is required for apply patch")));
        }
        if (!(patch instanceof ObjectNode object)) {
            throw Failures.badRequest("error decoding YAML: json: cannot unmarshal value into Go value of type"
                    + " map[string]interface {}");
        }
        checkKind(target.type(), object);
        if (Json.at(object, "metadata").hasNonNull("managedFields")) {
            throw Failures.badRequest("metadata.managedFields must be nil");
        }
        target.checkNamed(object);
        return typed(target.type(), object);
    }

    private static void checkKind(ResourceType type, ObjectNode object) {
        String shown = Violation.show(object);
        if (Json.text(object, "kind").isEmpty()) {
            throw Failures.badRequest("error decoding patch: Object 'Kind' is missing in '" + shown + "'");
        }
        if (Json.text(object, "apiVersion").isEmpty()) {
            throw Failures.badRequest(
                    "Incorrect version specified in apply patch. Specified patch version: , expected: "
                            + type.apiVersion());
        }
        if (!Json.text(object, "apiVersion").equals(type.apiVersion())) {
            throw Failures.badRequest("Incorrect version specified in apply patch. Specified patch version: "
                    + Json.text(object, "apiVersion") + ", expected: " + type.apiVersion());
        }
        if (!Json.text(object, "kind").equals(type.kind())) {
            throw Failures.badRequest(Json.text(object, "kind") + " in version \"" + type.version()
                    + "\" cannot be handled as a " + type.kind());
        }
    }

    private static ObjectNode typed(ResourceType type, ObjectNode object) {
        Decoder decoder = new Decoder("");
        ObjectNode typed = decoder.decodeKeepingEmpty(Types.all().of(type.kind()), object);
        List<String> problems = new ArrayList<>();
        decoder.unknown().forEach(path -> problems.add("." + path + ": field not declared in schema"));
        problems.addAll(ListKeys.problems(Types.all().of(type.kind()), typed));
        if (!problems.isEmpty()) {
            throw Failures.plain(500, problemText(type, object, problems));
        }
        return typed;
    }

    private static String problemText(ResourceType type, ObjectNode object, List<String> problems) {
        String name = Json.text(object, "metadata", "namespace") + "/" + Json.text(object, "metadata", "name");
        String version = type.group().isEmpty() ? "/" + type.version() : type.apiVersion();
        String text = problems.size() == 1 ? problems.get(0) : "errors:\\n  " + String.join("\\n  ", problems);
        return "failed to create typed patch object (" + name + "; " + version + ", Kind=" + type.kind() + "): " + text;
    }
}
