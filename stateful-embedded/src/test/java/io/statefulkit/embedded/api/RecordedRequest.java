package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One request of a recording, sent to the API as the HTTP server would send it. */
final class RecordedRequest {

    private final JsonNode line;
    private final String path;
    private final Map<String, String> query = new LinkedHashMap<>();

    RecordedRequest(JsonNode line) {
        this.line = line;
        String[] parts = line.path("path").asText().split("\\?", 2);
        this.path = parts[0];
        if (parts.length == 2) {
            for (String parameter : parts[1].split("&", -1)) {
                String[] pair = parameter.split("=", 2);
                query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
        }
    }

    /** Returns the same request with the uids and revisions of this cluster in place of the recorded ones. */
    RecordedRequest with(Map<String, String> replacements) {
        String text = line.toString();
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            text = text.replace('"' + replacement.getKey() + '"', '"' + replacement.getValue() + '"');
        }
        return new RecordedRequest(Json.parse(text));
    }

    /** Returns what the request does, for messages. */
    String describe() {
        return line.path("method").asText() + " " + line.path("path").asText() + " " + line.path("body");
    }

    int expectedCode() {
        return line.path("status").asInt();
    }

    JsonNode expectedBody() {
        return line.path("response");
    }

    /** Says whether there is a body that HTTP would hand on, or needs none. */
    boolean sendsAnObject() {
        boolean reads = line.path("method").asText().matches("GET|DELETE");
        return reads || line.path("body").isContainerNode();
    }

    /** Finds what the request is about, or nothing when that is no object or list of the API. */
    Optional<Target> target(Api api) {
        List<String> words = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
        boolean core = words.get(0).equals("api");
        if (words.size() < (core ? 3 : 4) || (!core && !words.get(0).equals("apis"))) {
            return Optional.empty();
        }
        String group = core ? "" : words.get(1);
        String version = words.get(core ? 1 : 2);
        List<String> rest = words.subList(core ? 2 : 3, words.size());
        String namespace = "";
        if (rest.get(0).equals("namespaces") && rest.size() >= 3) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        String inNamespace = namespace;
        String name = rest.size() > 1 ? rest.get(1) : "";
        String subresource = rest.size() > 2 ? rest.get(2) : "";
        return api.catalog()
                .find(group, version, rest.get(0))
                .map(type -> new Target(type, inNamespace, name, subresource));
    }

    /** Sends the request; returns the body of the answer, which is a Status when it is refused. */
    ObjectNode send(Api api, Target target) {
        try {
            return switch (line.path("method").asText()) {
                case "GET" -> get(api, target);
                case "POST" -> api.create(target.type(), target.namespace(), body(), options());
                case "PUT" ->
                    api.update(
                            target.type(), target.namespace(), target.name(), target.subresource(), body(), options());
                case "PATCH" ->
                    api.patch(
                            target.type(),
                            target.namespace(),
                            target.name(),
                            target.subresource(),
                            patchType(),
                            line.path("body"),
                            options());
                case "DELETE" -> api.delete(target.type(), target.namespace(), target.name(), deleteOptions());
                default -> throw new IllegalArgumentException(describe());
            };
        } catch (Failure failure) {
            return failure.status();
        }
    }

    private ObjectNode get(Api api, Target target) {
        if (!target.name().isEmpty()) {
            return target.subresource().isEmpty()
                    ? api.get(target.type(), target.namespace(), target.name())
                    : api.getSubresource(target.type(), target.namespace(), target.name(), target.subresource());
        }
        Page page = api.list(
                target.type(),
                target.namespace(),
                new ListOptions(
                        query.getOrDefault("labelSelector", ""),
                        query.getOrDefault("fieldSelector", ""),
                        Integer.parseInt(query.getOrDefault("limit", "0")),
                        "",
                        "",
                        ""));
        ObjectNode list = Json.object();
        list.put("kind", target.type().kind() + "List")
                .put("apiVersion", target.type().apiVersion());
        ObjectNode metadata = list.putObject("metadata");
        metadata.put("resourceVersion", Long.toString(page.revision()));
        if (!page.continueToken().isEmpty()) {
            metadata.put("continue", page.continueToken());
        }
        page.remaining().ifPresent(count -> metadata.put("remainingItemCount", count));
        for (ObjectNode item : page.items()) {
            ObjectNode copy = item.deepCopy();
            copy.remove(List.of("kind", "apiVersion"));
            list.withArray("items").add(copy);
        }
        return list;
    }

    private ObjectNode body() {
        return line.path("body").deepCopy();
    }

    private PatchType patchType() {
        for (PatchType type : PatchType.values()) {
            if (type.contentType().equals(line.path("contentType").asText())) {
                return type;
            }
        }
        throw Failures.unsupportedPatch();
    }

    private WriteOptions options() {
        String validation = query.getOrDefault("fieldValidation", "Warn");
        boolean apply = line.path("contentType").asText().equals(PatchType.APPLY.contentType());
        return new WriteOptions(
                query.getOrDefault("fieldManager", apply ? "" : "unknown"),
                query.containsKey("dryRun"),
                query.getOrDefault("force", "").equals("true"),
                validation.equals("Strict") ? WriteOptions.Validation.STRICT : WriteOptions.Validation.WARN);
    }

    private DeleteOptions deleteOptions() {
        JsonNode body = line.path("body");
        return new DeleteOptions(
                body.has("gracePeriodSeconds")
                        ? OptionalInt.of(body.path("gracePeriodSeconds").asInt())
                        : OptionalInt.empty(),
                Json.text(body, "propagationPolicy"),
                Json.text(body, "preconditions", "uid"),
                "",
                false);
    }
}
