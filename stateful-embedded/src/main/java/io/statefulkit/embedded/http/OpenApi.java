package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * OpenAPI v3 as far as {@code kubectl} reads it: the schemas of the kinds for {@code kubectl explain}, and for each kind the
 * fact that a patch takes {@code fieldValidation}, so that the validation of fields is left to the server.
 */
final class OpenApi {

    private static final String ROOT = "/openapi/v3";

    private final ResourceCatalog catalog;

    OpenApi(ResourceCatalog catalog) {
        this.catalog = catalog;
    }

    Optional<Answer> answer(String path) {
        if (path.equals(ROOT)) {
            return Optional.of(Answer.json(200, index()));
        }
        if (!path.startsWith(ROOT + "/")) {
            return Optional.empty();
        }
        String wanted = path.substring(ROOT.length() + 1);
        List<ResourceType> types = catalog.types().stream()
                .filter(type -> prefix(type).equals(wanted))
                .toList();
        return types.isEmpty() ? Optional.empty() : Optional.of(Answer.json(200, document(types)));
    }

    private ObjectNode index() {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        for (ResourceType type : catalog.types()) {
            String prefix = prefix(type);
            paths.putObject(prefix)
                    .put("serverRelativeURL", ROOT + "/" + prefix + "?hash=" + Integer.toHexString(prefix.hashCode()));
        }
        return index;
    }

    private static ObjectNode document(List<ResourceType> types) {
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", Discovery.GIT_VERSION);
        ObjectNode paths = document.putObject("paths");
        for (ResourceType type : types) {
            String path = "/" + prefix(type) + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural()
                    + "/{name}";
            ObjectNode patch = paths.putObject(path).putObject("patch");
            patch.putObject("x-kubernetes-group-version-kind")
                    .put("group", type.group())
                    .put("version", type.version())
                    .put("kind", type.kind());
            patch.putArray("parameters")
                    .addObject()
                    .put("name", "fieldValidation")
                    .put("in", "query")
                    .putObject("schema")
                    .put("type", "string");
            patch.putObject("responses");
        }
        OpenApiSchemas schemas = new OpenApiSchemas();
        types.forEach(schemas::add);
        document.putObject("components").set("schemas", schemas.schemas());
        return document;
    }

    private static String prefix(ResourceType type) {
        return (type.group().isEmpty() ? "api/" : "apis/") + type.apiVersion();
    }
}
